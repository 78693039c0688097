import type { RequestListener, ServerResponse } from "node:http";
import { failingRequests, failRequest, healthRoutes, type Log } from "@countersign/service";
import express, { type Request, type Response } from "express";
import { createAdmission, usualAdmission, type AdmissionLimits } from "./admission.ts";
import type { Source } from "./config.ts";
import { createDoor } from "./door.ts";
import { createInlet, send } from "./inlet.ts";
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

/**
 * HTTP for the receiver: a raw body in, a status out. A webhook at its source's very address does not pass
 * through Express, which took a fifth of the time; whatever else comes does, other spellings of it too.
 */
export function createApp(ports: AppPorts): RequestListener {
  const inlets = createInlets(ports);
  const app = express();
  app.disable("x-powered-by").disable("etag").set("query parser", "simple");
  app.use(healthRoutes(ports.ready, ports.metrics.registry));
  for (const [path, inlet] of inlets) app.all(path, inlet);
  app.use((_request: Request, response: Response) => {
    send(response, { status: 404, body: "Nothing here. Webhooks go to /webhooks/<source>." });
  });
  app.use(failingRequests(ports.log));
  return (request, response) => {
    const [path = ""] = (request.url ?? "").split("?", 1);
    const inlet = inlets.get(path) ?? app;
    inlet(request, response);
  };
}

function createInlets(ports: AppPorts): Map<string, RequestListener> {
  const { sources, log, metrics, now } = ports;
  const report = createReport(log, metrics, now);
  const admission = createAdmission(ports.admission ?? usualAdmission);
  const fail = (error: unknown, response: ServerResponse) => failRequest(log, error, response);
  const inlets = new Map<string, RequestListener>();
  for (const source of sources.values()) {
    const enter = createDoor(source, admission, ports);
    inlets.set(`/webhooks/${source.name}`, createInlet(source, { enter, report, now, fail }));
  }
  return inlets;
}
