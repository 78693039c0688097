import { PgBoss, type BackendProfile } from "pg-boss";
import type { Connection } from "../database.ts";

/** What a job says: this contract has changed, look again. */
export type Wakeup = { contractId: string };

const topic = "contract.changed";

export type QueueOptions = {
  url: string;
  schema: string;
  applicationName: string;
  backend: BackendProfile;
};

export type Queue = PgBoss;

/** pg-boss on its own schema beside ours, listening for NOTIFY so that workers wake at once. */
export async function openQueue(
  options: QueueOptions,
  onError: (error: Error) => void,
): Promise<Queue> {
  const boss = new PgBoss({
    connectionString: options.url,
    schema: `${options.schema}_queue`,
    application_name: `${options.applicationName} queue`,
    backend: options.backend,
    useListenNotify: options.backend !== "cockroachdb",
    schedule: false,
    max: 6,
  });
  boss.on("error", onError);
  await boss.start();
  return boss;
}

/** The queue of a destination: created, and told of every changed contract from now on. */
export async function openDestinationQueue(queue: Queue, destination: string): Promise<void> {
  const settings = {
    notify: true,
    expireInSeconds: 300,
    retryLimit: 10_000,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 300,
    deleteAfterSeconds: 3_600,
  };
  await queue.createQueue(destination, settings);
  await queue.updateQueue(destination, settings);
  await queue.subscribe(topic, destination);
}

/** One wake-up in every destination's queue, committed or rolled back with the caller's transaction. */
export async function publishChange(
  queue: Queue,
  connection: Connection,
  contractId: string,
): Promise<void> {
  const db = {
    executeSql: (text: string, values?: unknown[]) => connection.query(text, values),
  };
  await queue.publish(topic, { contractId } satisfies Wakeup, { db });
}
