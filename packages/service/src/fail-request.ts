import type { ServerResponse } from "node:http";
import type { ErrorRequestHandler } from "express";
import type { Log } from "./log.ts";

/** Answers a request that met a fault, with nothing of the fault in it: a fault of ours is logged instead. */
export function failRequest(log: Log, error: unknown, response: ServerResponse): void {
  const status = statusOf(error);
  if (status === 500) log.error({ error }, "request failed");
  if (response.headersSent) return;
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  response.end("The request failed.");
}

/** The same as the last handler of an Express app, whose own shows strangers the stack. */
export function failingRequests(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => failRequest(log, error, response);
}

/** What Express says of an address that cannot be read is no fault of ours. */
function statusOf(error: unknown): number {
  if (typeof error !== "object" || error === null || !("status" in error)) return 500;
  const { status } = error;
  return typeof status === "number" && status >= 400 && status < 500 ? status : 500;
}
