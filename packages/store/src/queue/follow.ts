import type { Job, JobResult } from "pg-boss";
import { readContract, type StoredContract } from "../contracts.ts";
import type { Store } from "../store.ts";
import { contractsBehind, followedVersion, markFollowed, registerDestination } from "./cursor.ts";
import { CredentialError, PermanentError, RetryLater } from "./errors.ts";
import { createPause, type Pause, type PauseChange } from "./pause.ts";
import { openDestinationQueue, type Wakeup } from "./queue.ts";

/**
 * Makes a destination match a contract, and says whether that took a call: only a call that worked proves
 * that the destination takes our credentials.
 */
export type Bring = (stored: StoredContract) => Promise<"called" | "not-called">;

export type FollowOptions = {
  /** Contracts that are worked on at the same time. */
  concurrency: number;
  onOutcome?: (outcome: Followed) => void;
  onPause?: (change: PauseChange) => void;
};

/** How one look at a contract ended. */
export type Followed = { contractId: string; seconds: number } & (
  | { outcome: "followed"; by: Awaited<ReturnType<Bring>> }
  /** Nothing has changed since the last look. */
  | { outcome: "current" }
  | { outcome: "later"; inSeconds: number }
  | { outcome: "permanent"; error: PermanentError }
  | { outcome: "failed"; error: unknown }
);

export type Following = {
  /** Stops taking work and waits for what is under way. */
  stop(): Promise<void>;
};

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
  const pause = createPause(store.now, options.onPause ?? (() => undefined));
  const waiting = new Set<string>();
  const look = async (contractId: string) => {
    const end = await lookAt(store, destination, contractId, bring, pause);
    if (end.outcome === "later" || end.outcome === "failed") waiting.add(contractId);
    else waiting.delete(contractId);
    options.onOutcome?.(end);
    return end;
  };
  await openDestinationQueue(store.queue, destination);
  await registerDestination(store, destination);
  await wakeUpForMissed(store, destination, 0, waiting);
  const sweep = setInterval(() => {
    wakeUpForMissed(store, destination, 60, waiting).catch(() => undefined);
  }, 60_000);
  const work = {
    batchSize: Math.max(2, options.concurrency * 4),
    localConcurrency: 2,
    perJobResults: true,
    pollingIntervalSeconds: 1,
    notifyPollingIntervalSeconds: 1,
    burstWhenBatchFull: true,
  } as const;
  await store.queue.work<Wakeup, unknown, typeof work>(destination, work, (jobs) =>
    settleJobs(store, destination, jobs, options.concurrency, look),
  );
  return {
    async stop() {
      clearInterval(sweep);
      await store.queue.offWork(destination, { wait: true });
    },
  };
}

/** A contract whose next look is already queued needs no second wake-up. */
async function wakeUpForMissed(
  store: Store,
  destination: string,
  graceSeconds: number,
  waiting: ReadonlySet<string>,
): Promise<void> {
  const all = await contractsBehind(store, destination, graceSeconds, 1_000);
  const behind = all.filter((contractId) => !waiting.has(contractId));
  if (behind.length === 0) return;
  await store.queue.insert(
    destination,
    behind.map((contractId) => ({ data: { contractId } satisfies Wakeup })),
  );
}

/** Many wake-ups for one contract are one look at it; each job is then settled by how that look ended. */
async function settleJobs(
  store: Store,
  destination: string,
  jobs: Job<Wakeup>[],
  concurrency: number,
  look: (contractId: string) => Promise<Followed>,
): Promise<JobResult[]> {
  const byContract = Map.groupBy(jobs, (job) => job.data.contractId);
  const results: JobResult[] = [];
  await eachAtMost([...byContract], concurrency, async ([contractId, same]) => {
    const end = await look(contractId);
    if (end.outcome === "later") {
      await store.queue.sendAfter(destination, { contractId }, {}, end.inSeconds);
    }
    const status = end.outcome === "failed" ? "failed" : "completed";
    const output = { outcome: end.outcome };
    results.push(...same.map((job) => ({ id: job.id, status, output }) as const));
  });
  return results;
}

async function eachAtMost<Item>(
  items: Item[],
  atMost: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const worker = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atMost, items.length) }, worker));
}

async function lookAt(
  store: Store,
  destination: string,
  contractId: string,
  bring: Bring,
  pause: Pause,
): Promise<Followed> {
  const started = performance.now();
  const end = await attempt(store, destination, contractId, bring, pause);
  return { contractId, seconds: (performance.now() - started) / 1_000, ...end };
}

type Attempt =
  | { outcome: "followed"; by: Awaited<ReturnType<Bring>> }
  | { outcome: "current" }
  | { outcome: "later"; inSeconds: number }
  | { outcome: "permanent"; error: PermanentError }
  | { outcome: "failed"; error: unknown };

async function attempt(
  store: Store,
  destination: string,
  contractId: string,
  bring: Bring,
  pause: Pause,
): Promise<Attempt> {
  const wait = pause.secondsLeft();
  if (wait > 0) return { outcome: "later", inSeconds: wait };
  const lock = `${store.schema} ${destination} ${contractId}`;
  try {
    const end = await store.locks.whileAlone(lock, () =>
      bringUpToDate(store, destination, contractId, bring),
    );
    if (end?.outcome === "followed" && end.by === "called") pause.worked();
    return end ?? { outcome: "later", inSeconds: 1 };
  } catch (error) {
    if (error instanceof RetryLater) return { outcome: "later", inSeconds: error.seconds };
    if (!(error instanceof CredentialError)) return { outcome: "failed", error };
    pause.refused(error.code, error.message);
    return { outcome: "later", inSeconds: pause.secondsLeft() };
  }
}

async function bringUpToDate(
  store: Store,
  destination: string,
  contractId: string,
  bring: Bring,
): Promise<Attempt> {
  const stored = await readContract(store.database, contractId);
  if (stored === null) return { outcome: "current" };
  if ((await followedVersion(store, destination, contractId)) >= stored.version) {
    return { outcome: "current" };
  }
  try {
    const by = await bring(stored);
    await markFollowed(store, destination, contractId, stored.version);
    return { outcome: "followed", by };
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    await markFollowed(store, destination, contractId, stored.version);
    return { outcome: "permanent", error };
  }
}
