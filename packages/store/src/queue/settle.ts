import { gather } from "../gather.ts";
import { leftBehind } from "../gather-on.ts";
import { prepared } from "../statement.ts";
import type { Store } from "../store.ts";
import type { Failure } from "./failure.ts";
import type { Wakeup } from "./queue.ts";

/** What is to become of jobs when a contract has been looked at. */
export type Settlement = {
  contractId: string;
  /** Jobs that are done with. */
  done: string[];
  /** Jobs that failed: pg-boss tries them again, with growing delays. */
  failed: { jobIds: string[]; failure: Failure } | null;
  /** In so many seconds the contract is to be looked at again, whatever becomes of these jobs. */
  againInSeconds: number | null;
};

export type Settle = (settlement: Settlement) => Promise<void>;

/** Settles the jobs of a queue, those that end at the same time together. */
export function openSettling(
  { queue, bookkeeping }: Pick<Store, "queue" | "bookkeeping">,
  destination: string,
): Settle {
  const db = prepared(bookkeeping);
  return gather(
    async (settlements: Settlement[]) => {
      const wakeups = settlements.flatMap(toWakeup);
      // First the next look, then the end of this one: a crash between them costs a look, not a wake-up.
      if (wakeups.length > 0) await queue.insert(destination, wakeups, { db });
      const done = settlements.flatMap((one) => one.done);
      if (done.length > 0) await queue.complete(destination, done, undefined, { db });
      for (const { failed } of settlements) {
        if (failed === null) continue;
        await queue.fail(destination, failed.jobIds, failed.failure, { db });
      }
      return settlements.map(() => ({ status: "fulfilled", value: undefined }));
    },
    { atOnce: 2, largest: 500, ...leftBehind },
  );
}

function toWakeup({ contractId, againInSeconds }: Settlement) {
  if (againInSeconds === null) return [];
  return [{ data: { contractId } satisfies Wakeup, startAfter: againInSeconds }];
}
