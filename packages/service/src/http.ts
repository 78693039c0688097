import type { Http, HttpAnswer, HttpCall } from "@countersign/core";
import { readBytes, TooLarge } from "./read-answer.ts";
import { redirected } from "./redirect.ts";

/** For an answer as a whole; for one that is streamed: for its beginning, and from each part to the next. */
const timeout = 20_000;

/** The largest answer that is read into memory: a signed document with its attachments. */
const largestAnswer = 100_000_000;

const mostRedirects = 5;

/** A provider, or the way to it, is away: its answer did not come, or broke off. */
export class NoAnswer extends Error {
  override name = "NoAnswer";
}

/**
 * Calls a provider's API. Rejects with NoAnswer where none comes within twenty seconds, and otherwise for one too
 * large. A success that is wanted as it comes may take as long as its parts keep coming. A redirect that is not
 * followed, see `redirected`, is the answer.
 */
export const http: Http = async (call) => {
  const giveUp = new AbortController();
  const timer = setTimeout(
    () => giveUp.abort(new Error(`No answer within ${timeout} ms.`)),
    timeout,
  );
  let isKept = false;
  try {
    const response = await fetchFollowing(call, giveUp.signal);
    const answer = { status: response.status, headers: Object.fromEntries(response.headers) };
    if (!call.streamed || !response.ok)
      return { ...answer, body: await readBytes(response, largestAnswer) };
    isKept = true;
    return { ...answer, ...asItComes(response, timer) };
  } catch (cause) {
    if (cause instanceof TooLarge) throw cause;
    throw new NoAnswer(`${new URL(call.url).host} gave no answer.`, { cause });
  } finally {
    if (!isKept) clearTimeout(timer);
  }
};

/** By hand, for `fetch` keeps from another origin neither a key in a header of its own nor a body. */
async function fetchFollowing(
  call: HttpCall,
  signal: AbortSignal,
  left = mostRedirects,
): Promise<Response> {
  const { method, url, headers, body = null } = call;
  const response = await fetch(url, { method, headers, body, signal, redirect: "manual" });
  const next = redirected(call, response.status, response.headers.get("location"));
  if (next === null || left === 0) return response;
  await response.body?.cancel();
  return fetchFollowing(next, signal, left - 1);
}

/** Each part that comes gives the next one its time again. Whoever stops reading closes the connection. */
function asItComes(
  response: Response,
  timer: NodeJS.Timeout,
): Required<Pick<HttpAnswer, "body" | "stream">> {
  async function* stream(): AsyncIterable<Uint8Array> {
    try {
      for await (const part of response.body ?? []) {
        timer.refresh();
        yield part;
        timer.refresh();
      }
    } finally {
      clearTimeout(timer);
    }
  }
  return { body: new Uint8Array(), stream: stream() };
}
