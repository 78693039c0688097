import { PassThrough } from "node:stream";
import { callOutside } from "@countersign/service";
import type { HttpRequest, HttpRequestOptions } from "jsforce";

/** Of a call that does not say how long it may take. Milliseconds. */
const usualTimeout = 30_000;

/**
 * How jsforce reaches Salesforce: one request, whose answer is text. Its own way, by `fetch` and several streams, took
 * some 0.5 ms more of a call that comes alone. Redirects are not followed; the REST API has none.
 */
export const transport = {
  httpRequest(call: HttpRequest, { timeout = usualTimeout }: HttpRequestOptions = {}) {
    return Object.assign(send(call, timeout), { stream: unread });
  },
};

/** jsforce wants a stream of the answer too, which nobody reads. */
function unread(): PassThrough {
  return new PassThrough();
}

async function send({ url, method, headers = {}, body = null }: HttpRequest, timeout: number) {
  if (body !== null && typeof body !== "string") throw new Error("Only text is sent.");
  const named = { "user-agent": "countersign", ...headers };
  const answer = await callOutside({ url, method, headers: named, body, timeout });
  return { statusCode: answer.status, headers: answer.headers, body: answer.text };
}
