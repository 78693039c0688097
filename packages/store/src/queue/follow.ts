import { prepared } from "../statement.ts";
import type { Store } from "../store.ts";
import { registerDestination } from "./cursor.ts";
import { openDesk } from "./desk.ts";
import { fetchTogether } from "./fetch-together.ts";
import { lookAt, type Bring, type Look } from "./look.ts";
import { createPause, type PauseChange } from "./pause.ts";
import { startPump, type Pump } from "./pump.ts";
import { defaultRetries, largestWakeup, openDestinationQueue } from "./queue.ts";
import { openSettling } from "./settle.ts";
import { startSweep, sweepAsked } from "./sweep.ts";

export type FollowOptions = {
  /** Contracts that are worked on at the same time; a last job may add as many as it names. */
  concurrency: number;
  /** How often a look that fails is tried again before its job becomes a dead letter. */
  retries?: number;
  /** Looks only at what `wake` asks for: that a contract has changed is no reason. */
  onlyAsked?: boolean;
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
  const { concurrency, retries = defaultRetries, onError = () => undefined } = options;
  const { onlyAsked = false } = options;
  await openDestinationQueue(store.queue, destination, retries, onlyAsked);
  await registerDestination(store, destination, onlyAsked);
  const pause = createPause(store.now, options.onPause ?? (() => undefined));
  const ports = { store, destination, bring, pause };
  let pump: Pump | undefined;
  const desk = openDesk({
    async look(contractId, isLast) {
      const started = performance.now();
      const end = await lookAt(ports, contractId, isLast);
      const seconds = (performance.now() - started) / 1_000;
      options.onOutcome?.({ contractId, seconds, ...end });
      return end;
    },
    settle: openSettling(store, destination),
    onRoom: () => pump?.freed(),
    onError,
  });
  const { isWaiting } = desk;
  const db = prepared(store.bookkeeping);
  const sweep = onlyAsked
    ? await sweepAsked(store, destination, onError)
    : await startSweep(store, destination, { isWaiting, onError });
  let wasLost = false;
  pump = startPump({
    free: () => concurrency - desk.underWay(),
    rest: () => restFor(desk.underWay()),
    async take(room) {
      const batchSize = Math.ceil(room / largestWakeup);
      const jobs = await fetchTogether(store.queue, { destination, batchSize, db }).catch(
        (error: unknown) => {
          wasLost = true;
          throw error;
        },
      );
      desk.take(jobs);
      // After what the desk has just taken, which is not to be woken again.
      if (wasLost) sweep.again();
      wasLost = false;
      return jobs.length === batchSize;
    },
    onError,
  });
  const { wake, stop } = pump;
  const deafen = store.changes.listen(wake, destination);
  return {
    async stop() {
      deafen();
      await Promise.all([sweep.stop(), stop()]);
      await desk.idle();
    },
  };
}

/**
 * The more contracts are under way, the longer others are waited for, in milliseconds: what is taken together is
 * read and planned together, and a group of dozens costs little more than one contract.
 */
function restFor(underWay: number): number {
  return Math.min(25, 4 + underWay / 8);
}
