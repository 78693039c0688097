/** The calls that a CRM allows in a day to all apps of an account together. */
export type DailyCalls = {
  limit: number;
  left: () => number;
  /** Other apps have used up all but so many; null: the day has ended, and they have used none. */
  leave: (left: number | null) => void;
};

/** `ours`: how many calls have come to the fake. */
export function createDailyCalls(limit: number, ours: () => number): DailyCalls {
  let others = 0;
  return {
    limit,
    left: () => Math.max(0, limit - others - ours()),
    leave: (left) => void (others = left === null ? 0 : limit - ours() - left),
  };
}
