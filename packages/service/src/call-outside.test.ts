import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { bytesOutliving } from "@countersign/core/testing";
import { afterEach, expect, it, vi } from "vitest";
import { callOutside } from "./call-outside.ts";

const servers: Server[] = [];
afterEach(() => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}

/** Answers 418 with what it was sent. */
function echo(): Server {
  return createServer((request, response) => {
    void text(request).then((body) => {
      const said = `${request.method} ${String(request.headers["x-said"])} ${body}`;
      return response.writeHead(418, { "X-Answer": ["a", "b"] }).end(said);
    });
  });
}

const call = {
  method: "POST",
  headers: { "x-said": "hi" },
  body: "hello",
  timeout: 5_000,
} as const;

it("makes the call and hands on what comes back, whatever the status", async () => {
  const answer = await callOutside({ ...call, url: await listen(echo()) });
  expect(answer).toMatchObject({ status: 418, text: "POST hi hello" });
  expect(answer.headers["x-answer"]).toBe("a");
});

it.each([
  ["nothing", () => createServer(() => undefined)],
  ["a beginning", () => createServer((_request, response) => void response.write("half"))],
])("gives up where %s comes in time", async (_what, serverThat) => {
  const url = await listen(serverThat());
  await expect(callOutside({ ...call, url, timeout: 50 })).rejects.toThrow(
    "No answer within 50 ms.",
  );
});

it("gives up where far too much comes", async () => {
  const mebibytes = Array.from({ length: 33 }, () => Buffer.alloc(1024 * 1024, "a"));
  const endless = createServer(
    (_request, response) => void Readable.from(mebibytes).pipe(response),
  );
  await expect(callOutside({ ...call, url: await listen(endless) })).rejects.toThrow(
    "Response content exceeded max size",
  );
});

it("rejects where nobody listens", async () => {
  await expect(callOutside({ ...call, url: "http://127.0.0.1:1" })).rejects.toThrow("ECONNREFUSED");
});

it("rejects where there is no such address", async () => {
  await expect(callOutside({ ...call, url: "crm.example/deals" })).rejects.toThrow("Invalid URL");
});

it("goes by way of the environment's proxy, but not to this machine", async () => {
  const proxy = createServer((request, response) => void response.end(`asked for ${request.url}`));
  vi.stubEnv("http_proxy", await listen(proxy));
  vi.stubEnv("no_proxy", "");
  vi.resetModules();
  const fresh = await import("./call-outside.ts");
  const answer = await fresh.callOutside({ ...call, url: "http://crm.example/deals?limit=1" });
  expect(answer).toMatchObject({ text: "asked for http://crm.example/deals?limit=1" });
  const near = await fresh.callOutside({ ...call, url: await listen(echo()) });
  expect(near).toMatchObject({ text: "POST hi hello" });
});

it("leaves nothing behind that outlives young collections", async () => {
  const url = await listen(echo());
  const body = "a long body ".repeat(1_000);
  const bytes = await bytesOutliving(async () => {
    for (let time = 0; time < 100; time += 1) {
      await Promise.all([callOutside({ ...call, url, body }), callOutside({ ...call, url, body })]);
    }
  });
  // Bodies and answers take 4.8 MB.
  expect(bytes).toBeLessThan(1_000_000);
});
