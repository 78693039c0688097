import { latencyOf } from "../statistics.ts";
import type { LoadResult, Statuses } from "./job.ts";

/** Counts answers while the load runs. */
export type Tally = {
  /** `milliseconds` is null for an answer that is not of the measured time. */
  answered: (status: number, milliseconds: number | null) => void;
  result: (seconds: number) => Omit<LoadResult, "due" | "digests">;
};

export function createTally(): Tally {
  const statuses: Statuses = {};
  const times: number[] = [];
  return {
    answered(status, milliseconds) {
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (milliseconds !== null && isAccepted(status)) times.push(milliseconds);
    },
    result: (seconds) => ({ perSecond: times.length / seconds, statuses, ...latencyOf(times) }),
  };
}

export function isAccepted(status: number): boolean {
  return status >= 200 && status < 300;
}
