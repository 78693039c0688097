import type { Request, RequestHandler, Response } from "express";
import type { Call, CallKind, Fault } from "./crm-fake.ts";

export type Answer = { status: number; body?: unknown; headers?: Record<string, string> };
type Endpoint = (request: Request) => Answer;
export type AnsweringFault = Extract<
  Fault,
  { kind: "rate-limited" | "unauthorized" | "server-error" }
>;

type Vendor = {
  now: () => Date;
  /** An answer for callers without a valid token; undefined lets them in. Not asked when signing in. */
  refuse(request: Request): Answer | undefined;
  /** How this vendor puts it. */
  faultAnswer(fault: AnsweringFault): Answer;
  /** Headers that go with every answer, given the calls so far. */
  headers(calls: readonly Call[]): Record<string, string>;
};

export type Calls = {
  serve: (kind: CallKind, endpoint: Endpoint) => RequestHandler;
  log: () => readonly Call[];
  setFault: (fault: Fault) => void;
  faults: () => readonly Fault[];
  clearFaults: () => void;
  clear: () => void;
};

/** Turns endpoints, which only compute an answer, into Express handlers that also count calls and act out faults. */
export function createCalls(vendor: Vendor): Calls {
  const log: Call[] = [];
  const faults: Fault[] = [];

  function serve(kind: CallKind, endpoint: Endpoint): RequestHandler {
    return (request, response) => {
      const fault = takeFault(faults, kind);
      const answer = decide(vendor, kind, endpoint, request, fault);
      const silent = answer === undefined || fault?.kind === "drop-after-applying";
      log.push({
        at: vendor.now().toISOString(),
        kind,
        method: request.method,
        path: pathOf(request, response),
        status: silent ? null : answer.status,
      });
      if (!silent) send(response, answer, vendor.headers(log));
      else if (answer !== undefined) request.socket.destroy();
    };
  }

  return {
    serve,
    log: () => log,
    setFault: (fault) => void faults.push({ times: 1, ...fault }),
    faults: () => faults,
    clearFaults: () => void faults.splice(0),
    clear: () => void log.splice(0),
  };
}

/** undefined: the caller waits for ever. */
function decide(
  vendor: Vendor,
  kind: CallKind,
  endpoint: Endpoint,
  request: Request,
  fault: Fault | undefined,
): Answer | undefined {
  switch (fault?.kind) {
    case "hang":
      return undefined;
    case "answer":
      return fault;
    case "rate-limited":
    case "unauthorized":
    case "server-error":
      return vendor.faultAnswer(fault);
    case "drop-after-applying":
    case undefined:
      return (kind === "sign-in" ? undefined : vendor.refuse(request)) ?? endpoint(request);
  }
}

function takeFault(faults: Fault[], kind: CallKind): Fault | undefined {
  const index = faults.findIndex((fault) =>
    fault.on === undefined ? kind !== "sign-in" : fault.on === kind,
  );
  const fault = faults[index];
  if (fault === undefined) return undefined;
  const left = (fault.times ?? 1) - 1;
  if (left > 0) faults[index] = { ...fault, times: left };
  else faults.splice(index, 1);
  return fault;
}

function send(response: Response, answer: Answer, headers: Record<string, string>): void {
  response.set({ ...headers, ...answer.headers }).status(answer.status);
  if (answer.body === undefined) response.end();
  else response.json(answer.body);
}

function pathOf(request: Request, response: Response): string {
  const mount: unknown = response.locals["mount"];
  const [path = ""] = request.originalUrl.split("?");
  return typeof mount === "string" ? path.slice(mount.length) : path;
}

/** Notes where a fake's router is mounted, before its inner routers move the base path on. */
export const mountedAt: RequestHandler = (request, response, next) => {
  response.locals["mount"] = request.baseUrl;
  next();
};

/** A path parameter, decoded. */
export function pathValue(request: Request, name: string): string {
  const value = request.params[name];
  return typeof value === "string" ? value : "";
}

/** A query parameter's first value, as it was given. */
export function queryValue(request: Request, name: string): string | undefined {
  return givenValues(request, name)[0];
}

/** A query parameter given several times, or once with commas. */
export function queryValues(request: Request, name: string): string[] {
  return givenValues(request, name)
    .flatMap((value) => value.split(","))
    .filter((value) => value !== "");
}

function givenValues(request: Request, name: string): string[] {
  const given = request.query[name];
  const values = Array.isArray(given) ? given : [given];
  return values.filter((value) => typeof value === "string");
}
