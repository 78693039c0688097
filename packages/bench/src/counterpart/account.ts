import { monotonicMs } from "../load/job.ts";

/** What one service outside has seen of us. */
export type Account = {
  /** Counts a call, and notes when it first named each of the contracts. */
  called: (operation: string, contracts: readonly string[]) => void;
  /** Notes a change; the same one a second time is a repetition. */
  changed: (change: string) => void;
  report: () => AccountReport;
  arrivals: () => Record<string, number>;
  forget: () => void;
};

export type AccountReport = {
  calls: Record<string, number>;
  /** Changes that were made twice. Empty in a product that does nothing twice. */
  repeated: string[];
};

/** Answers at once and keeps count; contracts are known by the twelve digits of their number. */
export function createAccount(): Account {
  const calls = new Map<string, number>();
  const arrivals = new Map<string, number>();
  const changes = new Set<string>();
  const repeated: string[] = [];
  return {
    called(operation, contracts) {
      calls.set(operation, (calls.get(operation) ?? 0) + 1);
      const now = monotonicMs();
      for (const contract of contracts) {
        if (!arrivals.has(contract)) arrivals.set(contract, now);
      }
    },
    changed(change) {
      if (changes.has(change)) repeated.push(change);
      changes.add(change);
    },
    report: () => ({
      calls: Object.fromEntries(calls),
      repeated: repeated.slice(0, 100),
    }),
    arrivals: () => Object.fromEntries(arrivals),
    forget() {
      for (const kept of [calls, arrivals, changes]) kept.clear();
      repeated.length = 0;
    },
  };
}
