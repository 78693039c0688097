import { setTimeout as sleep } from "node:timers/promises";
import { startPump, type Recorded } from "@countersign/store";

/** Reads what was kept unread. */
export type ReadingUp = {
  /** Says that a delivery was kept just now. */
  note: () => void;
  /** Reads no more; resolves when nothing is being read. */
  stop: () => Promise<void>;
};

/**
 * While more is being kept than can be read meanwhile, reading rests for so many times as long as it took: whoever
 * waits for an answer comes first, and destinations still hear of a part of it.
 */
const restsUnderPressure = 4;

/** So long at the most, in milliseconds: a slow database is no reason to rest for minutes. */
const longestRest = 1_000;

/** A rest is over when nothing has been kept for so many milliseconds: nobody waits for an answer any more. */
const quiet = 50;

/** What reading takes from outside. */
type ReadUpPorts = {
  /** Reads a group; how each of it ended, none where nothing waits. */
  readSome: () => Promise<Recorded[]>;
  onRead: (ends: Recorded[]) => void;
  onError: (error: unknown) => void;
  /** Waits so many milliseconds, or until the signal aborts. */
  rest?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
};

/**
 * Reads deliveries that were kept unread as soon as they are there, in groups, one after the other; also what
 * another receiver left.
 */
export function readUpAsItComes(ports: ReadUpPorts): ReadingUp {
  const { readSome, onRead, onError, rest = sleepUntil } = ports;
  let kept = 0;
  const stopping = new AbortController();

  async function restWhileKeeping(atMost: number): Promise<void> {
    for (let rested = 0; rested < atMost; rested += quiet) {
      const keptBefore = kept;
      await rest(Math.min(quiet, atMost - rested), stopping.signal);
      if (kept === keptBefore) return;
    }
  }

  const pump = startPump({
    free: () => 1,
    async take() {
      const keptBefore = kept;
      const began = performance.now();
      const ends = await readSome();
      if (ends.length === 0) return false;
      onRead(ends);
      const took = performance.now() - began;
      if (kept - keptBefore > ends.length)
        await restWhileKeeping(Math.min(longestRest, took * restsUnderPressure));
      return true;
    },
    onError,
  });
  return {
    note() {
      kept += 1;
      pump.wake();
    },
    async stop() {
      stopping.abort();
      await pump.stop();
    },
  };
}

async function sleepUntil(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
