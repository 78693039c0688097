import type { Normalized } from "@countersign/core";
import type { Delivery } from "../deliveries.ts";
import { gather, type Gathered } from "../gather.ts";
import { createRecall } from "./recall.ts";
import {
  recordTogether,
  type RecordPorts,
  type Recorded,
  type Recording,
} from "./record-together.ts";

/** How deliveries that come at the same time are recorded together. */
export type RecordingOptions = {
  /** Deliveries in one transaction; 1 for a transaction each. */
  largest: number;
  /** Transactions at the same time. */
  writers: number;
  /** Deliveries that may wait for one; who comes later meets `Overloaded`. */
  mostWaiting: number;
  /** Destinations that are not to hear of what is recorded: they take it as known. */
  quiet: readonly string[];
};

export const defaultRecording: RecordingOptions = {
  largest: 200,
  writers: 2,
  mostWaiting: 10_000,
  quiet: [],
};

/** Bytes of bodies in one transaction; a delivery that is larger goes alone. */
const mostBytes = 8_000_000;

/** Events that are remembered: some 20 MB. */
const mostRecalled = 20_000;

/**
 * Makes a delivery durable: its bytes, the facts it proves, what they make of each contract, and a wake-up
 * for every destination, in one transaction with the deliveries that come at the same time. When this
 * returns, it is on disk. Rejects with `Overloaded` where too many wait.
 */
export function record(
  store: { recording: Gathered<Recording, Recorded> },
  delivery: Delivery,
  normalized: Normalized,
): Promise<Recorded> {
  return store.recording({ delivery, normalized });
}

/**
 * Reads a kept delivery's facts again, as they are understood now. What was in quarantine leaves it where it
 * is understood; facts that are known already change nothing.
 */
export function replay(
  store: { recording: Gathered<Recording, Recorded> },
  deliveryId: string,
  delivery: Delivery,
  normalized: Normalized,
): Promise<Recorded> {
  return store.recording({ delivery, normalized, replayOf: deliveryId });
}

/** See `Store.recording`. */
export function openRecording(
  store: Omit<RecordPorts, "recall" | "quiet">,
  { largest, writers, mostWaiting, quiet }: RecordingOptions,
): Gathered<Recording, Recorded> {
  const ports = { ...store, quiet, recall: createRecall(mostRecalled) };
  return gather((recordings) => recordTogether(ports, recordings), {
    largest,
    mostWaiting,
    atOnce: writers,
    weight: { of: ({ delivery }) => delivery.request.body.length, most: mostBytes },
  });
}
