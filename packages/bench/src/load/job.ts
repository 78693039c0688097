import type { Latency } from "../statistics.ts";

/** What the load process is told to do. Times are in seconds. */
export type Job = { ports: readonly number[]; connections: number; contractsFrom: number } & (
  | {
      kind: "as-fast-as-possible";
      warmup: number;
      measured: number;
      /** So many different requests are made beforehand. */
      requests: number;
      /** Whether to begin again with the first when all are sent; else the run ends there. */
      again: boolean;
    }
  | {
      kind: "at-a-rate";
      /** Only the first delivery of each contract, or whole lives with repetitions and late deliveries among them. */
      deliveries: "first" | "whole-lives";
      ratePerSecond: number;
      warmup: number;
      measured: number;
    }
);

/** Answers by status; "0" stands for a broken connection. */
export type Statuses = Record<string, number>;

export type LoadResult = Latency & {
  /** Answers 2xx a second within the measured time. */
  perSecond: number;
  /** All answers, of the warm-up too. */
  statuses: Statuses;
  /** Monotonic milliseconds (process.hrtime) at which each contract was first due; for `first` deliveries. */
  due: [contract: number, atMs: number][];
  /** SHA-256, in hex, of every body that was answered 2xx; for `whole-lives`. */
  digests: string[];
};

export type ToLoad = { go: true } | { job: Job };
export type FromLoad = { ready: true } | { result: LoadResult };

/** One clock for all processes of a machine, in milliseconds. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

export function accepted(statuses: Statuses): number {
  return total(statuses, (status) => status.startsWith("2"));
}

export function refused(statuses: Statuses): number {
  return total(statuses, (status) => !status.startsWith("2"));
}

function total(statuses: Statuses, counts: (status: string) => boolean): number {
  return Object.entries(statuses)
    .filter(([status]) => counts(status))
    .reduce((sum, [, count]) => sum + count, 0);
}
