import { PgBoss, type BackendProfile } from "pg-boss";
import { keepalive } from "../database.ts";
import type { Statement } from "../statement.ts";

/**
 * What a job says: these contracts have changed, look again. Other versions of an app may say more in it;
 * what is optional may be missing.
 */
export type Wakeup = { contractId: string; others?: string[] };

/** Contracts in one job: few enough that what is taken from the queue at once stays bounded. */
export const largestWakeup = 50;

/** Jobs that wake a destination up for the contracts. */
export function wakeupsFor(contractIds: readonly string[]): { data: Wakeup }[] {
  const jobs: { data: Wakeup }[] = [];
  for (let from = 0; from < contractIds.length; from += largestWakeup) {
    const [contractId = "", ...others] = contractIds.slice(from, from + largestWakeup);
    jobs.push({ data: others.length === 0 ? { contractId } : { contractId, others } });
  }
  return jobs;
}

/** The contracts that a job is about; empty where it names none. */
export function readWakeup(data: unknown): string[] {
  if (typeof data !== "object" || data === null || !("contractId" in data)) return [];
  const others: unknown[] = "others" in data && Array.isArray(data.others) ? data.others : [];
  const named = [data.contractId, ...others].filter((id) => typeof id === "string");
  return [...new Set(named)];
}

export const topic = "contract.changed";

export type QueueOptions = {
  url: string;
  schema: string;
  applicationName: string;
  backend: BackendProfile;
  /** Whether this process may set off what is due by schedule. */
  schedules: boolean;
};

export type Queue = PgBoss;

/** Where pg-boss has its tables, beside ours. */
export function queueSchema(schema: string): string {
  return `${schema}_queue`;
}

/**
 * What pg-boss hands on to pg. Without it, a server that is gone without a word kept its two connections, and all that
 * it does by itself, for a quarter of an hour. It rebuilds indexes, so a statement may take long.
 */
const patient = {
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  query_timeout: 120_000,
  options: keepalive,
};

/** pg-boss on its own schema beside ours. What wakes its workers is ours: see changes.ts. */
export async function openQueue(
  options: QueueOptions,
  onError: (error: Error) => void,
): Promise<Queue> {
  const boss = new PgBoss({
    ...patient,
    connectionString: options.url,
    schema: queueSchema(options.schema),
    application_name: `${options.applicationName} queue`,
    backend: options.backend,
    schedule: options.schedules,
    max: 2,
  });
  boss.on("error", onError);
  try {
    await boss.start();
  } catch (error) {
    // What it has opened up to here would stay open.
    await boss.stop({ graceful: false }).catch(() => undefined);
    throw error;
  }
  return boss;
}

/** Where pg-boss puts a destination's wake-ups that failed to the last try. */
export function deadLetterQueue(destination: string): string {
  return `${destination}-dead`;
}

/** How long a dead letter is kept, in seconds: three months. */
const deadLetterSeconds = 90 * 86_400;

/** What the delays from one try to the next grow to. */
export const longestRetrySeconds = 300;

/** With delays that grow from a second to five minutes, some two days. */
export const defaultRetries = 600;

/** The queue of a destination: created and, unless it is `onlyAsked`, told of every changed contract from now on. */
export async function openDestinationQueue(
  queue: Queue,
  destination: string,
  retryLimit: number,
  onlyAsked = false,
): Promise<void> {
  const deadLetter = deadLetterQueue(destination);
  await queue.createQueue(deadLetter, { retentionSeconds: deadLetterSeconds });
  const settings = {
    notify: false,
    expireInSeconds: 300,
    retryLimit,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: longestRetrySeconds,
    deleteAfterSeconds: 3_600,
    deadLetter,
  };
  await queue.createQueue(destination, settings);
  await queue.updateQueue(destination, settings);
  if (!onlyAsked) await queue.subscribe(topic, destination);
}

/**
 * What wakes the destinations up for the contracts, to run in the transaction that changed them. What changed
 * together goes in one job: a row for each contract and destination cost as much as all else. The statements
 * are those that pg-boss's own `insert` would run.
 */
export async function wakeupStatements(
  queue: Queue,
  destinations: readonly string[],
  contractIds: readonly string[],
): Promise<Statement[]> {
  const statements: Statement[] = [];
  const executeSql = async (text: string, values: unknown[] = []) => {
    statements.push({ text: `${text} returning 1`, values });
    return { rows: [] };
  };
  const jobs = wakeupsFor(contractIds);
  for (const destination of destinations) {
    await queue.insert(destination, jobs, { db: { executeSql } });
  }
  return statements;
}
