/** Contracts whose next look is queued. */
export type Waiting = {
  add(contractId: string, inSeconds: number): void;
  delete(contractId: string): void;
  has(contractId: string): boolean;
};

/** What a queued look may be late. */
const lateMilliseconds = 60_000;

/**
 * Each waits until its look is overdue and no longer: another process may have looked, and then nobody says
 * so here. `now` in milliseconds.
 */
export function createWaiting(now: () => number): Waiting {
  const overdueAt = new Map<string, number>();

  function forgetOverdue(): void {
    for (const [contractId, at] of overdueAt) {
      if (at > now()) break;
      overdueAt.delete(contractId);
    }
  }

  return {
    add(contractId, inSeconds) {
      forgetOverdue();
      overdueAt.delete(contractId);
      overdueAt.set(contractId, now() + inSeconds * 1_000 + lateMilliseconds);
    },
    delete: (contractId) => overdueAt.delete(contractId),
    has: (contractId) => (overdueAt.get(contractId) ?? 0) > now(),
  };
}
