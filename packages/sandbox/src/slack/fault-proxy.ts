import express, { type Request, type Response, type Router } from "express";
import { bodyOf } from "./call-arguments.ts";
import { meet, type SlackCall, type SlackFault } from "./fault.ts";
import type { Served } from "./serve.ts";

/** Methods that only look. Everything else may have changed what people see. */
const reading = /\.(?:test|info|list|history|replies|members|get|getPermalink|lookupByEmail)$/;

export type FaultProxy = {
  router: Router;
  /** Every call since the start or the last reset, in the order it arrived. */
  calls: SlackCall[];
  /** Adds a fault; several are used up in the order they were set. */
  setFault: (fault: SlackFault) => void;
  /** Faults not used up yet. */
  faults: () => readonly SlackFault[];
  clearFaults: () => void;
  reset: () => void;
};

/** Slack's Web API as `serve` answers it, except while a fault is set. */
export function createFaultProxy(options: {
  serve: (method: string, request: Request) => Promise<Served>;
  now: () => Date;
  /** Called after each call that may have changed the workspace. */
  onWrite: () => void;
}): FaultProxy {
  const calls: SlackCall[] = [];
  let faults: SlackFault[] = [];
  const router = express.Router();
  router.use(express.raw({ type: () => true, limit: "50mb" }));
  router.use(async (request, response) => {
    const call = describeCall(request, options.now());
    calls.push(call);
    const { fault, left } = meet(faults, call, textOf(request));
    faults = left;
    await answer(fault, request, response, () => options.serve(call.method, request));
    if (!reading.test(call.method)) options.onWrite();
  });
  return {
    router,
    calls,
    setFault: (fault) => void faults.push(fault),
    faults: () => faults,
    clearFaults: () => void (faults = []),
    reset() {
      faults = [];
      calls.length = 0;
    },
  };
}

async function answer(
  fault: SlackFault | null,
  request: Request,
  response: Response,
  serve: () => Promise<Served>,
): Promise<void> {
  switch (fault?.kind) {
    case undefined:
      return pass(response, await serve());
    case "rate-limited":
      response.status(429).set("Retry-After", String(fault.retryAfterSeconds ?? 1));
      response.json({ ok: false, error: "ratelimited" });
      return;
    case "server-error":
      response.status(500).type("text/plain").send("sandbox fault");
      return;
    case "garbage":
      response.type("text/html").send("<!doctype html><title>Sign in to the guest network</title>");
      return;
    case "error":
      response.json({ ok: false, error: fault.error });
      return;
    case "hang":
      return;
    case "drop-after-applying":
      await serve();
      request.socket.destroy();
      return;
  }
}

function pass(response: Response, { status, type, body, scopes }: Served): void {
  if (scopes !== undefined) response.set("x-oauth-scopes", scopes);
  response.status(status).type(type).send(body);
}

function describeCall(request: Request, at: Date): SlackCall {
  return {
    method: request.path.replaceAll("/", ""),
    channel: channelOf(request),
    at: at.toISOString(),
  };
}

/** What the call says, readable: WebClient sends forms, whose values are JSON. */
function textOf(request: Request): string {
  const text = bodyOf(request);
  if (request.is("application/json")) return text;
  return [...new URLSearchParams(text).values()].join("\n");
}

function channelOf(request: Request): string | null {
  const text = bodyOf(request);
  const query = new URL(request.url, "http://sandbox").searchParams.get("channel");
  if (!request.is("application/json")) return new URLSearchParams(text).get("channel") ?? query;
  const match = /"channel"\s*:\s*"([^"]*)"/.exec(text);
  return match?.[1] ?? query;
}
