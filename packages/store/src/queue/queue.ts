import { PgBoss, type BackendProfile } from "pg-boss";
import type { Changes } from "../changes.ts";
import type { Connection } from "../database.ts";

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

const topic = "contract.changed";

export type QueueOptions = {
  url: string;
  schema: string;
  applicationName: string;
  backend: BackendProfile;
};

export type Queue = PgBoss;

/** Where pg-boss has its tables, beside ours. */
function queueSchema(schema: string): string {
  return `${schema}_queue`;
}

/** pg-boss on its own schema beside ours. What wakes its workers is ours: see changes.ts. */
export async function openQueue(
  options: QueueOptions,
  onError: (error: Error) => void,
): Promise<Queue> {
  const boss = new PgBoss({
    connectionString: options.url,
    schema: queueSchema(options.schema),
    application_name: `${options.applicationName} queue`,
    backend: options.backend,
    schedule: false,
    max: 6,
  });
  boss.on("error", onError);
  await boss.start();
  return boss;
}

/** Where pg-boss puts a destination's wake-ups that failed to the last try. */
export function deadLetterQueue(destination: string): string {
  return `${destination}-dead`;
}

/** How long a dead letter is kept, in seconds: three months. */
const deadLetterSeconds = 90 * 86_400;

/** With delays that grow from a second to five minutes, some two days. */
export const defaultRetries = 600;

/** The queue of a destination: created, and told of every changed contract from now on. */
export async function openDestinationQueue(
  queue: Queue,
  destination: string,
  retryLimit: number,
): Promise<void> {
  const deadLetter = deadLetterQueue(destination);
  await queue.createQueue(deadLetter, { retentionSeconds: deadLetterSeconds });
  const settings = {
    notify: false,
    expireInSeconds: 300,
    retryLimit,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 300,
    deleteAfterSeconds: 3_600,
    deadLetter,
  };
  await queue.createQueue(destination, settings);
  await queue.updateQueue(destination, settings);
  await queue.subscribe(topic, destination);
}

/**
 * Wakes every destination up for the contracts, committed or rolled back with the caller's transaction.
 * What changed together goes in one job: a row for each contract and destination cost as much as all else.
 */
export async function publishChanges(
  { queue, schema, changes }: { queue: Queue; schema: string; changes: Changes },
  connection: Connection,
  contractIds: readonly string[],
): Promise<void> {
  if (contractIds.length === 0) return;
  const executeSql = namedStatements(connection);
  const jobs = wakeupsFor(contractIds);
  for (const destination of await destinationsOf(schema, executeSql)) {
    await queue.insert(destination, jobs, { db: { executeSql } });
  }
  await changes.announce(connection);
}

type ExecuteSql = (
  text: string,
  values?: unknown[],
) => Promise<{ rows: { name: string }[]; rowCount: number | null }>;

/** Who follows the topic: what pg-boss's own `publish` reads before it sends to each, one job at a time. */
async function destinationsOf(schema: string, executeSql: ExecuteSql): Promise<string[]> {
  const { rows } = await executeSql(
    `select name from ${queueSchema(schema)}.subscription where event = $1`,
    [topic],
  );
  return rows.map(({ name }) => name);
}

const statementNames = new Map<string, string>();

/** pg-boss sends the same few texts again and again: by a name, PostgreSQL plans each once a connection. */
function namedStatements(connection: Connection): ExecuteSql {
  return (text, values) => {
    const name = statementNames.get(text) ?? `queue ${statementNames.size}`;
    statementNames.set(text, name);
    return connection.query({ name, text, ...(values && { values }) });
  };
}
