import { Agent, EnvHttpProxyAgent, type Dispatcher } from "undici";
import { largestText } from "./read-answer.ts";

export type OutsideCall = Pick<Dispatcher.DispatchOptions, "method" | "body"> & {
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

const utf8 = new TextDecoder();

/** By way of the proxy that the environment names, but not to this machine, where the sandbox is. */
function wayTo(url: string): Dispatcher {
  return /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/.test(url) ? direct : byProxy;
}

/**
 * Calls what is called hundreds of times a second. Through `fetch` a call took 0.5 ms and more on top, and through
 * undici's `request` it left all that belongs to it to the old generation: see docs/scaling.md, "What outlives a young
 * collection". Rejects where no whole answer comes in time, or one of more than 32 MiB.
 */
export function callOutside(call: OutsideCall): Promise<OutsideAnswer> {
  const { url, timeout, method, headers, body = null } = call;
  return new Promise((resolve, reject) => {
    const { origin, pathname, search } = new URL(url);
    const answering = new Answering(timeout, resolve, reject);
    wayTo(url).dispatch({ origin, path: `${pathname}${search}`, method, headers, body }, answering);
  });
}

/** Collects one answer. */
class Answering implements Dispatcher.DispatchHandler {
  readonly #timer: NodeJS.Timeout;
  readonly #resolve: (answer: OutsideAnswer) => void;
  readonly #reject: (error: Error) => void;
  readonly #chunks: Buffer[] = [];
  #late: Error | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #head: Pick<OutsideAnswer, "status" | "headers"> = { status: 0, headers: {} };

  constructor(
    timeout: number,
    resolve: (answer: OutsideAnswer) => void,
    reject: (error: Error) => void,
  ) {
    this.#resolve = resolve;
    this.#reject = reject;
    // AbortSignal.timeout would keep each call's timer for as long as it may take: twenty thousand of them at full speed.
    this.#timer = setTimeout(() => this.#giveUp(timeout), timeout);
  }

  /** What has not been sent by then never is. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#late !== undefined) controller.abort(this.#late);
    this.#controller = controller;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Dispatcher.ResponseData["headers"],
  ): void {
    this.#head = { status, headers: firstOfEach(headers) };
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    clearTimeout(this.#timer);
    const text = utf8.decode(Buffer.concat(this.#chunks));
    this.#resolve({ ...this.#head, text });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    clearTimeout(this.#timer);
    this.#reject(error);
  }

  #giveUp(timeout: number): void {
    this.#late = new Error(`No answer within ${timeout} ms.`);
    this.#controller?.abort(this.#late);
    this.#reject(this.#late);
  }
}

function firstOfEach(headers: Dispatcher.ResponseData["headers"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ""].flat()[0] ?? ""]),
  );
}
