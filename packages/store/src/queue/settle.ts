import { gather } from "../gather.ts";
import type { Store } from "../store.ts";
import type { Failure } from "./failure.ts";
import type { Wakeup } from "./queue.ts";

/** How jobs end: done with, to be looked at again after a while, or failed and tried again by pg-boss. */
export type JobEnd =
  | { end: "completed" }
  | { end: "later"; contractId: string; inSeconds: number }
  | { end: "failed"; failure: Failure };

export type Settle = (settled: { jobIds: string[]; end: JobEnd }) => Promise<void>;

/** Settles the jobs of a queue, those that end at the same time together. */
export function openSettling({ queue }: Pick<Store, "queue">, destination: string): Settle {
  return gather(
    async (settled: { jobIds: string[]; end: JobEnd }[]) => {
      const wakeups = settled.flatMap(({ end }) => (end.end === "later" ? [toWakeup(end)] : []));
      // First the next look, then the end of this one: a crash between them costs a look, not a wake-up.
      if (wakeups.length > 0) await queue.insert(destination, wakeups);
      const done = settled.filter(({ end }) => end.end !== "failed");
      if (done.length > 0) {
        await queue.complete(
          destination,
          done.flatMap(({ jobIds }) => jobIds),
        );
      }
      for (const { jobIds, end } of settled) {
        if (end.end === "failed") await queue.fail(destination, jobIds, end.failure);
      }
      return settled.map(() => ({ status: "fulfilled", value: undefined }));
    },
    { atOnce: 2, largest: 500 },
  );
}

function toWakeup({ contractId, inSeconds }: Extract<JobEnd, { end: "later" }>) {
  return { data: { contractId } satisfies Wakeup, startAfter: inSeconds };
}
