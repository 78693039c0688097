import { setTimeout as sleep } from "node:timers/promises";
import type { Environment } from "./config.ts";

/** One process that has been started. */
export type Part = {
  pid: number;
  /** Settles when it can do its work; rejects when it ends first or takes too long. */
  ready: Promise<void>;
  /** Settles with how it ended. */
  exited: Promise<string>;
  kill: (signal: NodeJS.Signals) => void;
  /** Lets it finish what it is doing, then ends it. */
  stop: () => Promise<void>;
};

export type Supervised = {
  readonly pid: number;
  /** Settles when the process of this moment can do its work; after the first time, one that ends is started again. */
  ready: () => Promise<void>;
  kill: (signal: NodeJS.Signals) => void;
  restart: (variables?: RestartVariables) => Promise<void>;
  stop: () => Promise<void>;
};

/** Variables beside the usual ones: for that one start alone, and for every start until the next restart. */
export type RestartVariables = { once?: Environment; always?: Environment };

export type SupervisedPart = {
  title: string;
  start: (variables: Environment) => Promise<Part>;
  /** A line for people. */
  onLine: (line: string) => void;
  /** The part has been started, for the first time or again. */
  onStart: (pid: number) => void;
  firstDelayMs: number;
};

const longestDelayMs = 30_000;
const steadyAfterMs = 60_000;

/** Starts a part and keeps it running: one that ends unasked is started again, after a delay that doubles each time. */
export async function supervise(options: SupervisedPart): Promise<Supervised> {
  const { title, start, onLine, onStart, firstDelayMs } = options;
  let armed = false;
  let failures = 0;
  let asked = new AbortController();
  let recovery = Promise.resolve();
  let variables: Environment = {};
  let current = await begin();

  async function begin(once: Environment = {}): Promise<Part> {
    const part = await start({ ...variables, ...once });
    onStart(part.pid);
    void follow(part);
    return part;
  }

  async function follow(part: Part): Promise<void> {
    const startedAt = performance.now();
    const { signal } = asked;
    const how = await part.exited;
    if (!armed || signal.aborted) return;
    if (performance.now() - startedAt > steadyAfterMs) failures = 0;
    recovery = recover(how);
  }

  async function recover(how: string): Promise<void> {
    const delay = delayAfter(failures, firstDelayMs);
    failures += 1;
    onLine(`The ${title} ended (${how}). Starting it again in ${delay / 1000} s.`);
    await sleep(delay, undefined, { signal: asked.signal }).catch(() => undefined);
    if (asked.signal.aborted) return;
    try {
      current = await begin();
    } catch (error) {
      return recover(error instanceof Error ? error.message : String(error));
    }
    void sayWhenReady(current);
  }

  async function sayWhenReady(part: Part): Promise<void> {
    const isReady = await part.ready.then(
      () => true,
      () => false,
    );
    if (isReady) onLine(`The ${title} runs again (process ${part.pid}).`);
  }

  async function stop(): Promise<void> {
    asked.abort();
    await recovery;
    await current.stop();
  }

  return {
    get pid() {
      return current.pid;
    },
    async ready() {
      await current.ready;
      armed = true;
    },
    kill: (signal) => current.kill(signal),
    async restart({ once = {}, always = {} } = {}) {
      await stop();
      asked = new AbortController();
      failures = 0;
      variables = always;
      current = await begin(once);
      await current.ready;
    },
    stop,
  };
}

/** How long to wait before the next start, in milliseconds. */
export function delayAfter(failures: number, firstDelayMs: number): number {
  return Math.min(firstDelayMs * 2 ** failures, longestDelayMs);
}
