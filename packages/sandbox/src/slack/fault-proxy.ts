import express, { type Request, type Response, type Router } from "express";
import { z } from "zod";
import { botToken } from "../credentials.ts";
import { meet, type SlackCall, type SlackFault } from "./fault.ts";
import { takeTurns } from "./tokens.ts";

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

/** Slack's Web API at `apiUrl`, passed through as it is, except while a fault is set. */
export function createFaultProxy(options: {
  apiUrl: string;
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
    await answer(fault, request, response, options.apiUrl);
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
  apiUrl: string,
): Promise<void> {
  switch (fault?.kind) {
    case undefined:
      return pass(request, response, apiUrl);
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
      await forward(request, apiUrl);
      request.socket.destroy();
      return;
  }
}

async function pass(request: Request, response: Response, apiUrl: string): Promise<void> {
  const upstream = await forward(request, apiUrl);
  response.status(upstream.status);
  response.type(upstream.headers.get("content-type") ?? "application/json");
  response.send(withoutOlder(await upstream.text(), oldestOf(request)));
}

/** emulate takes no notice of `oldest` (https://docs.slack.dev/reference/methods/conversations.history). */
function withoutOlder(answer: string, oldest: number | null): string {
  const parsed = oldest === null ? null : historySchema.safeParse(JSON.parse(answer));
  if (!parsed?.success) return answer;
  const messages = parsed.data.messages.filter(({ ts }) => Number(ts) >= (oldest ?? 0));
  return JSON.stringify({ ...parsed.data, messages });
}

const historySchema = z.looseObject({ messages: z.array(z.looseObject({ ts: z.string() })) });

function oldestOf(request: Request): number | null {
  const given = new URLSearchParams(bodyOf(request)).get("oldest");
  return given === null ? null : Number(given);
}

const nextToken = takeTurns();

function forward(request: Request, apiUrl: string): Promise<globalThis.Response> {
  const { authorization, "content-type": contentType } = request.headers;
  const headers = new Headers();
  if (authorization === `Bearer ${botToken}`) headers.set("authorization", `Bearer ${nextToken()}`);
  else if (authorization !== undefined) headers.set("authorization", authorization);
  if (contentType !== undefined) headers.set("content-type", contentType);
  const body = Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : undefined;
  const sent = request.method === "GET" || body === undefined ? {} : { body };
  const target = new URL(`.${request.url}`, apiUrl);
  return fetch(target, { method: request.method, headers, ...sent });
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

function bodyOf({ body }: Request): string {
  return Buffer.isBuffer(body) ? body.toString("utf8") : "";
}

function channelOf(request: Request): string | null {
  const text = bodyOf(request);
  const query = new URL(request.url, "http://sandbox").searchParams.get("channel");
  if (!request.is("application/json")) return new URLSearchParams(text).get("channel") ?? query;
  const match = /"channel"\s*:\s*"([^"]*)"/.exec(text);
  return match?.[1] ?? query;
}
