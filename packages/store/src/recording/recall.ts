import type { ContractEvent } from "@countersign/core";
import type { Known } from "./learn.ts";

/** What this process last knew of the contracts that it recorded lately. */
export type Recall = {
  /** The events of a contract at that version, where they are remembered. */
  eventsAt(contractId: string, version: number): ContractEvent[] | undefined;
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
    held -= contracts.get(contractId)?.events.length ?? 0;
    contracts.delete(contractId);
  }

  return {
    eventsAt(contractId, version) {
      const known = contracts.get(contractId);
      return known?.version === version ? known.events : undefined;
    },
    remember(contractId, known) {
      forget(contractId);
      contracts.set(contractId, known);
      held += known.events.length;
      for (const oldest of contracts.keys()) {
        if (held <= most) break;
        forget(oldest);
      }
    },
  };
}
