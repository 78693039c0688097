import type { Normalized } from "@countersign/core";
import type { Delivery } from "../deliveries.ts";
import { gather, type Gathered } from "../gather.ts";
import { keepUnread, type Kept } from "./keep-unread.ts";
import { createPressure } from "./pressure.ts";
import { createRecall } from "./recall.ts";
import {
  recordTogether,
  type RecordPorts,
  type Recorded,
  type Recording,
} from "./record-together.ts";
import { recordUnread, type ReadKept } from "./record-unread.ts";

/** How deliveries that come at the same time are recorded together. */
export type RecordingOptions = {
  /** Deliveries in one transaction; 1 for a transaction each. */
  largest: number;
  /** Transactions at the same time. */
  writers: number;
  /** Deliveries that may wait for one; who comes later meets `Overloaded`. */
  mostWaiting: number;
  /** So many that come together, again and again, begin the time in which all are kept first; see `recordOrKeep`. */
  keptFrom: number;
  /** For so many milliseconds they come together before it begins. */
  keptAfterMs: number;
  /** Destinations that are not to hear of what is recorded: they take it as known. */
  quiet: readonly string[];
};

export const defaultRecording: RecordingOptions = {
  largest: 200,
  writers: 2,
  mostWaiting: 10_000,
  keptFrom: Infinity,
  keptAfterMs: 200,
  quiet: [],
};

/** Bytes of bodies in one transaction; a delivery that is larger goes alone. */
const mostBytes = 8_000_000;

/** A body that is larger is not kept for later: many of them are read into memory at once there. */
const mostBytesUnread = 100_000;

/**
 * Groups begin so many milliseconds apart, unless one is full: at a thousand deliveries a second, a transaction
 * for every two or three of them cost half as much again. And one after the other while they are quick: with up to three
 * beside each other, half of 300 contracts a second had their first call after 120 ms instead of 67 (two cores, in turns).
 */
const apart = { milliseconds: 25, eachItem: 2, beside: 100 };

/** Events that are remembered: some 20 MB. */
const mostRecalled = 20_000;

/** Unread deliveries that are recorded in one transaction. */
const mostUnread = 256;

/** A delivery that comes in. `read` says what it says, and throws nothing. */
type Incoming = { delivery: Delivery; read: () => Normalized };

/** Takes deliveries in, many at a time. */
export type Recorder = {
  record: Gathered<Recording, Recorded>;
  recordOrKeep: Gathered<Incoming, Recorded | Kept>;
  recordUnread: (read: ReadKept, sources: readonly string[]) => Promise<Recorded[]>;
};

/**
 * Makes a delivery durable: its bytes, the facts it proves, what they make of each contract, and a wake-up
 * for every destination, in one transaction with the deliveries that come at the same time. When this
 * returns, it is on disk. Rejects with `Overloaded` where too many wait.
 */
export function record(
  store: { recording: Recorder },
  delivery: Delivery,
  normalized: Normalized,
): Promise<Recorded> {
  return store.recording.record({ delivery, normalized });
}

/**
 * As `record`, for what comes in from outside. Where so many come together that reading them would hold up
 * those who wait, they are made durable alone, and `recordUnread` reads them afterwards: senders get their
 * answers several times faster, and what is read in larger groups costs less.
 */
export function recordOrKeep(
  store: { recording: Recorder },
  delivery: Delivery,
  read: () => Normalized,
): Promise<Recorded | Kept> {
  return store.recording.recordOrKeep({ delivery, read });
}

/**
 * Records the first of the deliveries that were kept unread, in one transaction: those of the sources, by
 * whatever process they were kept. How each ended; none where none waits that nobody else is reading.
 */
export function readUp(
  store: { recording: Recorder },
  read: ReadKept,
  sources: readonly string[],
): Promise<Recorded[]> {
  return store.recording.recordUnread(read, sources);
}

/**
 * Reads a kept delivery's facts again, as they are understood now. What was in quarantine leaves it where all
 * of it is understood; facts that are known already change nothing.
 */
export function replay(
  store: { recording: Recorder },
  deliveryId: string,
  delivery: Delivery,
  normalized: Normalized,
): Promise<Recorded> {
  return store.recording.record({ delivery, normalized, replayOf: deliveryId });
}

/** See `Store.recording`. */
export function openRecording(
  store: Omit<RecordPorts, "recall" | "quiet">,
  { largest, writers, mostWaiting, keptFrom, keptAfterMs, quiet }: RecordingOptions,
): Recorder {
  const ports = { ...store, quiet, recall: createRecall(mostRecalled) };
  const weight = { of: bytesOf, most: mostBytes };
  const pressure = createPressure(keptFrom, { beginsAfterMs: keptAfterMs });
  const options = { largest, mostWaiting, atOnce: writers, weight, apart };

  function takeTogether(incoming: Incoming[]): Promise<PromiseSettledResult<Recorded | Kept>[]> {
    const isMuch = pressure.note(incoming.length, performance.now());
    if (isMuch && incoming.every((one) => bytesOf(one) <= mostBytesUnread)) {
      return keepUnread(
        ports,
        incoming.map(({ delivery }) => delivery),
      );
    }
    return recordTogether(
      ports,
      incoming.map(({ delivery, read }) => ({ delivery, normalized: read() })),
    );
  }

  return {
    record: gather((recordings: Recording[]) => recordTogether(ports, recordings), options),
    recordOrKeep: gather(takeTogether, {
      ...options,
      // What is only made durable is soon done, and who is answered sooner sends sooner.
      apart: { ...apart, hurries: () => pressure.holds(performance.now()) },
    }),
    recordUnread: (read, sources) => recordUnread(ports, read, { sources, most: mostUnread }),
  };
}

function bytesOf({ delivery }: { delivery: Delivery }): number {
  return delivery.request.body.length;
}
