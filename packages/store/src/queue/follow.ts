import type { JobWithMetadata } from "pg-boss";
import type { Store } from "../store.ts";
import { registerDestination } from "./cursor.ts";
import { failureOf } from "./failure.ts";
import { lookAt, type Bring, type Look } from "./look.ts";
import { createPause, type PauseChange } from "./pause.ts";
import { startPump, type Pump } from "./pump.ts";
import { defaultRetries, openDestinationQueue, readWakeup } from "./queue.ts";
import { openSettling, type JobEnd } from "./settle.ts";
import { startSweep } from "./sweep.ts";

export type FollowOptions = {
  /** Contracts that are worked on at the same time. */
  concurrency: number;
  /** How often a look that fails is tried again before its job becomes a dead letter. */
  retries?: number;
  onOutcome?: (outcome: Followed) => void;
  onPause?: (change: PauseChange) => void;
  /** The queue itself could not be read or written; it is tried again. */
  onError?: (error: unknown) => void;
};

export type Followed = { contractId: string; seconds: number } & Look;

export type Following = {
  /** Stops taking work and waits for what is under way. */
  stop(): Promise<void>;
};

type WakeupJob = JobWithMetadata<unknown>;

/** Jobs taken from the queue at once. */
const largestTake = 200;

/**
 * Makes a destination follow the contracts: `bring` is called with a contract as it is now, never twice at
 * once for the same contract, and makes the destination match. It throws RetryLater, PermanentError or
 * CredentialError; anything else is tried again with growing delays.
 */
export async function follow(
  store: Store,
  destination: string,
  bring: Bring,
  options: FollowOptions,
): Promise<Following> {
  const onError = options.onError ?? (() => undefined);
  await openDestinationQueue(store.queue, destination, options.retries ?? defaultRetries);
  await registerDestination(store, destination);
  const desk = openDesk(store, destination, bring, options);
  const sweep = await startSweep(store, destination, {
    isWaiting: desk.isWaiting,
    onError,
  });
  const pump = startPump({
    free: () => options.concurrency - desk.underWay(),
    async take(atMost) {
      const batchSize = Math.min(atMost, largestTake);
      const jobs = await store.queue.fetch(destination, { batchSize, includeMetadata: true });
      desk.take(jobs, pump);
      return jobs.length === batchSize;
    },
    onError,
  });
  const deafen = store.changes.listen(pump.wake);
  return {
    async stop() {
      deafen();
      sweep.stop();
      await pump.stop();
      await desk.idle();
    },
  };
}

/** The contracts that are being looked at, each by one look that may settle many jobs. */
function openDesk(store: Store, destination: string, bring: Bring, options: FollowOptions) {
  const pause = createPause(store.now, options.onPause ?? (() => undefined));
  const settle = openSettling(store, destination);
  const ports = { store, destination, bring, pause };
  /** By contract: the look that is under way, and the jobs that came since it began. */
  const looks = new Map<string, { done: Promise<void>; next: WakeupJob[] }>();
  const waiting = new Set<string>();

  async function look(contractId: string, jobs: WakeupJob[]): Promise<void> {
    const started = performance.now();
    const isLast = jobs.every(({ retryCount, retryLimit }) => retryCount >= retryLimit);
    const end = await lookAt(ports, contractId, isLast);
    const seconds = (performance.now() - started) / 1_000;
    if (end.outcome === "later" || end.outcome === "failed") waiting.add(contractId);
    else waiting.delete(contractId);
    options.onOutcome?.({ contractId, seconds, ...end });
    await settle({ jobIds: jobs.map(({ id }) => id), end: jobEnd(contractId, end) });
  }

  /** What comes while a look is under way may be about a later state: it gets a look of its own. */
  async function lookUntilStill(contractId: string, jobs: WakeupJob[], pump: Pump): Promise<void> {
    try {
      await look(contractId, jobs);
    } catch (error) {
      // The jobs stay taken, and expire into a retry.
      options.onError?.(error);
    }
    const next = looks.get(contractId)?.next ?? [];
    looks.delete(contractId);
    if (next.length > 0) begin(contractId, next, pump);
    pump.wake();
  }

  function begin(contractId: string, jobs: WakeupJob[], pump: Pump): void {
    looks.set(contractId, { done: Promise.resolve(), next: [] });
    const done = lookUntilStill(contractId, jobs, pump);
    const current = looks.get(contractId);
    if (current !== undefined) current.done = done;
  }

  function refuse(jobs: WakeupJob[]): void {
    const failure = { name: "Unreadable", code: null };
    const jobIds = jobs.map(({ id }) => id);
    settle({ jobIds, end: { end: "failed", failure } }).catch((error) => options.onError?.(error));
  }

  return {
    underWay: () => looks.size,
    isWaiting: (contractId: string) => waiting.has(contractId),
    take(jobs: WakeupJob[], pump: Pump): void {
      for (const [contractId, same] of Map.groupBy(jobs, ({ data }) => readWakeup(data))) {
        if (contractId === null) refuse(same);
        else if (looks.has(contractId)) looks.get(contractId)?.next.push(...same);
        else begin(contractId, same, pump);
      }
    },
    async idle(): Promise<void> {
      while (looks.size > 0) await Promise.all([...looks.values()].map(({ done }) => done));
    },
  };
}

function jobEnd(contractId: string, look: Look): JobEnd {
  switch (look.outcome) {
    case "followed":
    case "current":
    case "permanent":
      return { end: "completed" };
    case "later":
      return { end: "later", contractId, inSeconds: look.inSeconds };
    case "failed":
      return { end: "failed", failure: failureOf(look.error) };
  }
}
