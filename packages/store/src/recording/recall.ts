import type { Known } from "./learn.ts";

/** What this process last knew of the contracts that it recorded lately. */
export type Recall = {
  /** What is known of a contract at that version, where it is remembered. */
  knownAt(contractId: string, version: number): Known | undefined;
  remember(contractId: string, known: Known): void;
};

/**
 * Remembers up to `most` events, the contracts changed last first. A contract's version counts its changes
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

  return {
    knownAt(contractId, version) {
      const known = contracts.get(contractId);
      return known?.version === version ? known : undefined;
    },
    remember(contractId, { version, events, searchable }) {
      forget(contractId);
      contracts.set(contractId, { version, events, searchable });
      held += events.size;
      for (const oldest of contracts.keys()) {
        if (held <= most) break;
        forget(oldest);
      }
    },
  };
}
