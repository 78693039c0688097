import type { Job } from "pg-boss";
import type { Connection, Database } from "../database.ts";
import { runAsOne, type Statement } from "../statement.ts";
import type { Store } from "../store.ts";
import { wakeupStatements, type Queue } from "./queue.ts";

/** What pg-boss throws where there is no such queue. */
const queueNotFound = "PGBOSS_QUEUE_NOT_FOUND";

/**
 * Asks a destination to look at contracts again although they have not changed: a person linked a deal, a
 * rule is another, a snooze has ended. Nothing where the destination has no queue yet.
 */
export async function wake(
  store: Store,
  destination: string,
  contractIds: readonly string[],
): Promise<void> {
  const isAsked = await wakeWithin(store, store.database, destination, contractIds);
  if (isAsked) store.changes.announce(destination);
}

/**
 * The same within a transaction of `connection`. Whether anything was asked, which the caller announces once that
 * is committed.
 */
export async function wakeWithin(
  store: Pick<Store, "queue" | "now">,
  connection: Connection | Database,
  destination: string,
  contractIds: readonly string[],
): Promise<boolean> {
  if (contractIds.length === 0) return false;
  const wakeups = await wakeupsOrNone(store.queue, destination, contractIds);
  if (wakeups.length === 0) return false;
  await runAsOne(connection, [
    {
      text: `insert into followed (destination, contract_id, version, asked, followed_at)
        select $1, id, 0, 1, $3::timestamptz from unnest($2::text[]) as asked (id) order by id
        on conflict (destination, contract_id) do update set asked = followed.asked + 1
        returning 1`,
      values: [destination, contractIds, store.now()],
    },
    ...wakeups,
  ]);
  return true;
}

/** Of a queue that was there once pg-boss knows, so that it is not asked for each time. */
async function wakeupsOrNone(
  queue: Queue,
  destination: string,
  contractIds: readonly string[],
): Promise<Statement[]> {
  try {
    return await wakeupStatements(queue, [destination], contractIds);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === queueNotFound) return [];
    throw error;
  }
}

/** How long a look that is asked for in advance may take to be passed on, in seconds, and how often that is tried. */
const passing = {
  expireInSeconds: 60,
  retryLimit: 100,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 300,
};

type Asked = { contractId: string };

/** Asks a destination to look at a contract again at that time: `followWakes` passes it on then. */
export async function wakeAt(
  { queue }: Pick<Store, "queue">,
  destination: string,
  contractId: string,
  at: Date,
): Promise<void> {
  const name = laterQueue(destination);
  await queue.createQueue(name, passing);
  // What looks at that moment by a clock that is behind would find that it is not time yet.
  const startAfter = new Date(at.getTime() + 1_000);
  await queue.send(name, { contractId } satisfies Asked, { startAfter });
}

/** Wakes the destination when a time of `wakeAt` has come, once over all processes. */
export async function followWakes(
  store: Store,
  destination: string,
): Promise<{ stop(): Promise<void> }> {
  const name = laterQueue(destination);
  await store.queue.createQueue(name, passing);
  const worker = await store.queue.work(
    name,
    { pollingIntervalSeconds: 2, batchSize: 100 },
    async (jobs: Job<Asked>[]) => {
      const contractIds = [...new Set(jobs.map(({ data }) => data.contractId))];
      await wake(store, destination, contractIds);
    },
  );
  return { stop: () => store.queue.offWork(name, { id: worker, wait: true }) };
}

function laterQueue(destination: string): string {
  return `${destination}-later`;
}
