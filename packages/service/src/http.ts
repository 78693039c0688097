import type { Http, HttpAnswer } from "@countersign/core";
import { readBytes, TooLarge } from "./read-answer.ts";

/** For an answer as a whole; for one that is streamed: for its beginning, and from each part to the next. */
const timeout = 20_000;

/** The largest answer that is read into memory: a signed document with its attachments. */
const largestAnswer = 100_000_000;

/** A provider, or the way to it, is away: its answer did not come, or broke off. */
export class NoAnswer extends Error {
  override name = "NoAnswer";
}

/**
 * Calls a provider's API. Rejects with NoAnswer where none comes within twenty seconds, and otherwise for one too
 * large. A success that is wanted as it comes may take as long as its parts keep coming.
 */
export const http: Http = async ({ method, url, headers, body, streamed = false }) => {
  const giveUp = new AbortController();
  const timer = setTimeout(
    () => giveUp.abort(new Error(`No answer within ${timeout} ms.`)),
    timeout,
  );
  let isKept = false;
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: "follow",
      signal: giveUp.signal,
      ...(body === undefined ? {} : { body }),
    });
    const answer = { status: response.status, headers: Object.fromEntries(response.headers) };
    if (!streamed || !response.ok)
      return { ...answer, body: await readBytes(response, largestAnswer) };
    isKept = true;
    return { ...answer, ...asItComes(response, timer) };
  } catch (cause) {
    if (cause instanceof TooLarge) throw cause;
    throw new NoAnswer(`${new URL(url).host} gave no answer.`, { cause });
  } finally {
    if (!isKept) clearTimeout(timer);
  }
};

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
