import type { Known } from "./learn.ts";

/** What this process last knew of the contracts that it recorded lately. */
export type Recall = {
  /** What is known of a contract at that version, where it is remembered. */
  knownAt(contractId: string, version: number): Known | undefined;
  remember(contractId: string, known: Known): void;
};

/**
 * Remembers up to `most` events, and nine tenths of them at least, the contracts changed last first. A contract's version counts its changes
 * and is read under its lock, so what is remembered at that version is what the database holds: bursts
 * about one contract need not read its events each time.
 */
export function createRecall(most: number): Recall {
  const contracts = new Map<string, Known>();
  let held = 0;

  function forget(contractId: string): void {
    held -= contracts.get(contractId)?.events.size ?? 0;
    contracts.delete(contractId);
  }

  /** Many at a time: whoever looks for the oldest passes by all that were forgotten before it. */
  function forgetOldest(mostLeft: number): void {
    for (const oldest of contracts.keys()) {
      if (held <= mostLeft) return;
      forget(oldest);
    }
  }

  return {
    knownAt(contractId, version) {
      const known = contracts.get(contractId);
      return known?.version === version ? known : undefined;
    },
    remember(contractId, { version, events, searchable }) {
      forget(contractId);
      contracts.set(contractId, { version, events, searchable });
      held += events.size;
      if (held > most) forgetOldest(most * 0.9);
    },
  };
}
