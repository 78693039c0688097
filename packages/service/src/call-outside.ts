import { Agent, EnvHttpProxyAgent, request, type Dispatcher } from "undici";
import { largestText } from "./read-answer.ts";

export type OutsideCall = Pick<Dispatcher.RequestOptions, "method" | "body"> & {
  url: string;
  headers: Record<string, string>;
  /** In milliseconds, from its beginning to the end of the answer. */
  timeout: number;
};

/** Whatever the status. Of a header that comes several times, the first. */
export type OutsideAnswer = {
  status: number;
  headers: Record<string, string>;
  text: string;
};

/** Ours alone. To one host, streams of one HTTP/2 connection would end together. */
const own = { allowH2: false, maxResponseSize: largestText };
const byProxy = new EnvHttpProxyAgent(own);
const direct = new Agent(own);

/** By way of the proxy that the environment names, but not to this machine, where the sandbox is. */
function wayTo(url: string): Dispatcher {
  return /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/.test(url) ? direct : byProxy;
}

/**
 * Calls what is called hundreds of times a second. Through `fetch` a call took 0.5 ms and more on top, and left more
 * that outlives young collections. Rejects where no whole answer comes in time, or one of more than 32 MiB.
 */
export async function callOutside(call: OutsideCall): Promise<OutsideAnswer> {
  const { url, timeout, method, headers, body = null } = call;
  // AbortSignal.timeout would keep each call's timer for as long as it may take: twenty thousand of them at full speed.
  const late = new AbortController();
  const giveUp = () => late.abort(new Error(`No answer within ${timeout} ms.`));
  const timer = setTimeout(giveUp, timeout);
  try {
    const { signal } = late;
    const answer = await request(url, { dispatcher: wayTo(url), method, headers, body, signal });
    const text = await answer.body.text();
    return { status: answer.statusCode, headers: firstOfEach(answer.headers), text };
  } finally {
    clearTimeout(timer);
  }
}

function firstOfEach(headers: Dispatcher.ResponseData["headers"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ""].flat()[0] ?? ""]),
  );
}
