import type { IncomingRequest, Reply } from "@countersign/core";
import { healthRoutes, type Log } from "@countersign/service";
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type Response,
} from "express";
import { createAdmission, usualAdmission, type AdmissionLimits } from "./admission.ts";
import { answer, handshake, notPost } from "./answer.ts";
import type { Source } from "./config.ts";
import { createDoor } from "./door.ts";
import type { ReceiverMetrics } from "./metrics.ts";
import type { ReceivePorts } from "./receive.ts";
import { createReport } from "./report.ts";

export type AppPorts = ReceivePorts & {
  sources: ReadonlyMap<string, Source>;
  ready: () => Promise<unknown>;
  metrics: ReceiverMetrics;
  log: Log;
  admission?: AdmissionLimits;
};

/** HTTP for the receiver: a raw body in, a status out. */
export function createApp(ports: AppPorts): Express {
  const report = createReport(ports.log, ports.metrics, ports.now);
  const admission = createAdmission(ports.admission ?? usualAdmission);
  const app = express();
  app.disable("x-powered-by").disable("etag").set("query parser", "simple");
  app.use(healthRoutes(ports.ready, ports.metrics.registry));
  for (const source of ports.sources.values()) {
    const enter = createDoor(source, admission, ports);
    const path = `/webhooks/${source.name}`;
    app.post(path, async (request, response) => {
      const started = performance.now();
      const incoming = toIncoming(request);
      const received = await enter(incoming, request);
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
    send(response, { status: 404, body: "Nothing here. Webhooks go to /webhooks/<source>." });
  });
  app.use(explainFailure(ports.log));
  return app;
}

/** Without `response.send`, whose entity tags and freshness mean nothing to a POST. */
function send(response: Response, { status, headers = {}, body = "" }: Reply): void {
  response.statusCode = status;
  response.setHeader("content-type", "text/plain; charset=utf-8");
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.end(body);
}

function toIncoming(request: Request): IncomingRequest {
  const { method, headers } = request;
  return { method, headers, query: queryOf(request), body: nothing };
}

const nothing = new Uint8Array();

/** Without what PostgreSQL refuses: a NUL would make an authentic delivery one that can never be stored. */
function queryOf(request: Request): IncomingRequest["query"] {
  const query: IncomingRequest["query"] = {};
  if (!request.url.includes("?")) return query;
  for (const [name, value] of Object.entries(request.query)) {
    if (typeof value === "string" && !`${name}${value}`.includes("\u0000")) query[name] = value;
  }
  return query;
}

/** An address that cannot be read, or a fault of ours. */
function explainFailure(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    const status = statusOf(error);
    if (status === 500) log.error({ error }, "request failed");
    if (!response.headersSent) send(response, { status, body: "The request failed." });
  };
}

function statusOf(error: unknown): number {
  if (typeof error !== "object" || error === null || !("status" in error)) return 500;
  const { status } = error;
  return typeof status === "number" && status >= 400 && status < 500 ? status : 500;
}
