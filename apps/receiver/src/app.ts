import type { IncomingRequest, Reply } from "@countersign/core";
import { healthRoutes, type Log } from "@countersign/service";
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type Response,
} from "express";
import { answer, handshake, notPost } from "./answer.ts";
import type { Source } from "./config.ts";
import type { ReceiverMetrics } from "./metrics.ts";
import { receive, type ReceivePorts } from "./receive.ts";
import { createReport } from "./report.ts";

export type AppPorts = ReceivePorts & {
  sources: ReadonlyMap<string, Source>;
  ready: () => Promise<unknown>;
  metrics: ReceiverMetrics;
  log: Log;
};

/** HTTP for the receiver: a raw body in, a status out. */
export function createApp(ports: AppPorts): Express {
  const report = createReport(ports.log, ports.metrics, ports.now);
  const app = express();
  app.disable("x-powered-by").disable("etag").set("query parser", "simple");
  app.use(healthRoutes(ports.ready, ports.metrics.registry));
  for (const source of ports.sources.values()) {
    const body = express.raw({ type: () => true, limit: source.maxBodyBytes, inflate: false });
    const path = `/webhooks/${source.name}`;
    app.post(path, body, async (request, response) => {
      const started = performance.now();
      const incoming = toIncoming(request);
      const received = await receive(source, incoming, ports);
      report(source.name, received, (performance.now() - started) / 1_000);
      send(response, answer(received, source, incoming));
    });
    app.get(path, (request, response) => {
      const reply = handshake(source, toIncoming(request), ports.now());
      send(response, reply);
    });
    app.all(path, (_request, response) => send(response, notPost));
  }
  app.use((_request: Request, response: Response) => {
    response
      .status(404)
      .type("text/plain")
      .send("Nothing here. Webhooks go to /webhooks/<source>.");
  });
  app.use(explainFailure(ports.log));
  return app;
}

function send(response: Response, { status, headers = {}, body = "" }: Reply): void {
  response.status(status).type("text/plain").set(headers).send(body);
}

function toIncoming(request: Request): IncomingRequest {
  const body: unknown = request.body;
  return {
    method: request.method,
    headers: request.headers,
    query: Object.fromEntries(
      Object.entries(request.query).filter(
        (entry): entry is [string, string] => typeof entry[1] === "string",
      ),
    ),
    body: body instanceof Uint8Array ? body : new Uint8Array(),
  };
}

/** A body that could not be read whole (too large, cut off, compressed), or a fault of ours. */
function explainFailure(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    const status = statusOf(error);
    if (status === 500) log.error({ error }, "request failed");
    if (response.headersSent) return;
    response
      .status(status)
      .type("text/plain")
      .send(explanations.get(status) ?? "The request failed.");
  };
}

function statusOf(error: unknown): number {
  if (typeof error !== "object" || error === null || !("status" in error)) return 500;
  const { status } = error;
  return typeof status === "number" && status >= 400 && status < 500 ? status : 500;
}

const explanations = new Map([
  [400, "The body was cut off. Nothing was stored."],
  [413, "The body is larger than this source allows. Nothing was stored."],
  [415, "Compressed bodies are not taken. Nothing was stored."],
]);
