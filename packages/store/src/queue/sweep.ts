import { runAsOne } from "../statement.ts";
import type { Store } from "../store.ts";
import { contractsAsked, contractsBehind, noteSwept, sweptTo } from "./cursor.ts";
import { wakeupStatements } from "./queue.ts";
import { contractsTaken } from "./taken.ts";

const everyMilliseconds = 60_000;
/** By then every receiver knows of a destination that has just come (see subscribers.ts). */
const settledMilliseconds = 5_000;
/** A contract must have been still for so long: the wake-up of one that changed just now is on its way. */
const graceMilliseconds = 60_000;
/** How far apart the clocks of machines may stand, and how long a change may take to be committed. */
const overlapMilliseconds = 600_000;
/** How much time one statement looks at: a long absence is made good in steps. */
const stepMilliseconds = 86_400_000;
/** Contracts woken at once. */
const most = 1_000;

export type SweepOptions = {
  /** Its next look is queued already: it needs no second one. */
  isWaiting: (contractId: string) => boolean;
  onError: (error: unknown) => void;
};

export type Sweep = {
  /** What was taken from the queue may have been lost on its way here: it would come back there after minutes. */
  again(): void;
  /** Resolves when nothing is being swept any more. */
  stop(): Promise<void>;
};

/** Wakes a destination up for what it missed, at once and then each minute. */
export async function startSweep(
  store: Store,
  destination: string,
  { isWaiting, onError }: SweepOptions,
): Promise<Sweep> {
  let last = Promise.resolve();
  const sweep = (graceMs: number) => {
    const end = store.now().getTime() - graceMs;
    last = last.then(() => sweepTo(store, destination, end, isWaiting)).catch(onError);
  };
  const again = () => {
    last = last.then(() => wakeUnended(store, destination, isWaiting)).catch(onError);
    sweep(0);
  };
  again();
  await last;
  const soon = setTimeout(sweep, settledMilliseconds, 0);
  const timer = setInterval(sweep, everyMilliseconds, graceMilliseconds);
  return {
    again,
    async stop() {
      clearTimeout(soon);
      clearInterval(timer);
      await last;
    },
  };
}

/**
 * Wakes a destination that looks only at what it is asked for, at its start and not each minute: what a process that
 * died had taken from the queue would come back there after minutes.
 */
export async function sweepAsked(
  store: Store,
  destination: string,
  onError: (error: unknown) => void,
): Promise<Sweep> {
  let last = Promise.resolve();
  const sweep = () => {
    last = last.then(() => wakeAsked(store, destination)).catch(onError);
  };
  sweep();
  await last;
  return { again: sweep, stop: () => last };
}

/**
 * What the destination was asked for and has not looked at, and what somebody has taken from the queue, whenever it
 * changed: whoever took it may be gone. A look too many finds nothing to do.
 */
async function wakeUnended(
  store: Store,
  destination: string,
  isWaiting: (contractId: string) => boolean,
): Promise<void> {
  const [asked, taken] = await Promise.all([
    contractsAsked(store, destination, most),
    contractsTaken(store, destination, most),
  ]);
  const unended = [...new Set([...asked, ...taken])];
  await wakeUp(
    store,
    destination,
    unended.filter((contractId) => !isWaiting(contractId)),
  );
}

async function wakeAsked(store: Store, destination: string): Promise<void> {
  await wakeUp(store, destination, await contractsAsked(store, destination, most));
}

async function sweepTo(
  store: Store,
  destination: string,
  end: number,
  isWaiting: (contractId: string) => boolean,
): Promise<void> {
  let from = (await sweptTo(store, destination)).getTime() - overlapMilliseconds;
  while (from < end) {
    const to = Math.min(end, from + stepMilliseconds);
    const window = { from: new Date(from), to: new Date(to) };
    const behind = await contractsBehind(store, destination, window, most);
    await wakeUp(
      store,
      destination,
      behind.filter((contractId) => !isWaiting(contractId)),
    );
    // There may be more than were woken: they are next, when these have been looked at.
    if (behind.length === most) return;
    await noteSwept(store, destination, window.to);
    from = to;
  }
}

async function wakeUp(store: Store, destination: string, contractIds: string[]): Promise<void> {
  if (contractIds.length === 0) return;
  await runAsOne(store.database, await wakeupStatements(store.queue, [destination], contractIds));
}
