import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import { buffer } from "node:stream/consumers";
import { z } from "zod";

/** One way in which a request or its answer breaks the vendor's description. */
export type Violation = {
  method: string;
  path: string;
  /** "request" or "response", then where in it. */
  location: string[];
  message: string;
};

type Recorded = { violations: Violation[]; unjudged: string[] };

const reportSchema = z.array(
  z.object({ location: z.array(z.coerce.string()), message: z.string(), severity: z.string() }),
);

/**
 * A server that passes every call on to Prism and keeps what Prism says of it. Where the upstream names
 * itself in an answer, the caller reads this server's address instead, so that a client stays behind Prism.
 */
export async function startRecordingProxy(prismUrl: string, upstream: string, port: number) {
  const recorded: Recorded = { violations: [], unjudged: [] };
  const server = createServer((request, response) => {
    pass(request, response, prismUrl, recorded, (body) => body.replaceAll(upstream, url)).catch(
      (error: unknown) => fail(response, error),
    );
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port.");
  const url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    recorded,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  prismUrl: string,
  recorded: Recorded,
  rewrite: (body: string) => string,
): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const { method = "GET", url = "/" } = request;
  const body = await buffer(request);
  const answer = await fetch(prismUrl + url, {
    method,
    headers: forwarded(request),
    ...(body.length > 0 && { body }),
    redirect: "manual",
    signal: gone.signal,
  });
  record(recorded, method, url, answer.headers.get("sl-violations"));
  const text = await answer.text();
  if (upstreamHungUp(answer, text)) {
    request.socket.destroy();
    return;
  }
  const headers = [...answer.headers].filter(([name]) => !ownHeaders.has(name));
  response.writeHead(answer.status, Object.fromEntries(headers));
  response.end(rewrite(text));
}

/** The caller has gone, or Prism has. */
function fail(response: ServerResponse, error: unknown): void {
  if (response.destroyed) return;
  response.writeHead(502, { "content-type": "text/plain" });
  response.end(`Prism cannot be reached: ${String(error)}`);
}

const ownHeaders = new Set([
  "connection",
  "content-length",
  "host",
  "keep-alive",
  "transfer-encoding",
]);

function forwarded({ headers }: IncomingMessage): [string, string][] {
  return Object.entries(headers)
    .filter(([name]) => !ownHeaders.has(name) && name !== "accept-encoding")
    .map(([name, value]) => [name, String(value)]);
}

/** Prism turns a cut connection into a 500 of its own. */
function upstreamHungUp({ status, headers }: globalThis.Response, text: string): boolean {
  const own = headers.get("content-type")?.startsWith("application/problem+json") === true;
  return status === 500 && own && text.includes('"FetchError"');
}

/** A path that the description does not have is no violation, but kept apart: nobody judged that call. */
function record(recorded: Recorded, method: string, url: string, header: string | null): void {
  if (header === null) return;
  const [path = url] = url.split("?");
  for (const { location, message } of readReport(header)) {
    if (message === "Selected route not found") recorded.unjudged.push(`${method} ${path}`);
    else recorded.violations.push({ method, path, location, message });
  }
}

/** Prism cuts a very long report, which then is no JSON any more. */
function readReport(header: string): Omit<Violation, "method" | "path">[] {
  const cut = [{ location: [], message: header, severity: "Error" }];
  if (!header.startsWith("[")) return cut;
  const parsed = reportSchema.safeParse(JSON.parse(header));
  return parsed.success ? parsed.data : cut;
}
