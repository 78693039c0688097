import { z } from "zod";
import type { Answer, Http, HttpAnswer, HttpCall } from "../client.ts";
import { mapAnswer, outcomeOf } from "../rest.ts";
import type { Access } from "./access.ts";
import { createSessions, type Session } from "./session.ts";

/** What a call brought, and from where. */
export type Called = HttpAnswer & { url: string };

export type Api = ReturnType<typeof createApi>;

/** What a call has beside its path. A body is sent as JSON. */
type More = { accept?: string; streamed?: boolean; body?: object };

/** Calls a path below the account, in a session that is opened when the first call needs it. */
export function createApi(access: Access, ports: { http: Http; now: () => Date }) {
  const sessions = createSessions(access, ports);
  return async (
    method: HttpCall["method"],
    path: string,
    { accept = "application/json", streamed = false, body = {} }: More = {},
  ): Promise<Answer<Called>> => {
    const opened = await sessions.open();
    if (opened.outcome !== "ok") return opened;
    const call = callOf(opened.value, method, path, { accept, body });
    const outcome = toOutcome(await ports.http({ ...call, streamed }), ports.now());
    if (outcome.outcome === "unauthorized") sessions.forget();
    return mapAnswer(outcome, (answer) => ({ ...answer, url: call.url }));
  };
}

function callOf(
  { token, root }: Session,
  method: HttpCall["method"],
  path: string,
  { accept, body }: { accept: string; body: object },
): HttpCall {
  const call = { method, url: root + path, headers: { accept, authorization: `Bearer ${token}` } };
  if (method === "GET") return call;
  const headers = { ...call.headers, "content-type": "application/json" };
  return { ...call, headers, body: JSON.stringify(body) };
}

/**
 * From memory: 400 may stand for an envelope that is not known and for too many calls in an hour or a burst,
 * and `X-RateLimit-Reset` is when that ends, in seconds since 1970.
 */
function toOutcome(answer: HttpAnswer, now: Date): Answer<HttpAnswer> {
  const outcome = outcomeOf(answer, words);
  if (outcome.outcome !== "refused") return outcome;
  if (outcome.code === "ENVELOPE_DOES_NOT_EXIST") return { outcome: "missing" };
  if (!outcome.code.endsWith("_APIINVOCATION_LIMIT_EXCEEDED")) return outcome;
  const seconds = Number(answer.headers["x-ratelimit-reset"]) - now.getTime() / 1_000;
  return { outcome: "later", seconds: seconds > 0 ? Math.ceil(seconds) : 60 };
}

const errors = z.object({ errorCode: z.unknown(), message: z.unknown() }).partial();

function words(body: unknown) {
  const { errorCode: code, message } = errors.safeParse(body).data ?? {};
  return { code, message };
}
