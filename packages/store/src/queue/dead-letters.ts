import { PgBoss } from "pg-boss";
import type { Reader } from "../database.ts";
import { readFailure, type Failure } from "./failure.ts";
import { deadLetterQueue, type Wakeup } from "./queue.ts";

/** A wake-up that was given up: nobody looks at that contract for that destination until it changes again. */
export type DeadLetter = {
  destination: string;
  contractId: string;
  /** ISO 8601, UTC. */
  givenUpAt: string;
  tries: number;
  /** How the last try ended; null where nothing was written down. */
  failure: Failure | null;
};

/** How many wake-ups of each destination were given up and wait. One statement, cheap enough for every scrape. */
export async function countDeadLetters(
  reader: Reader,
): Promise<{ destination: string; waiting: number }[]> {
  const { rows } = await reader.database.query<{ destination: string; waiting: number }>(
    `select destinations.id as destination, count(job.id)::int as waiting from destinations
     left join ${await queueSchemaOf(reader)}.job
       on job.name = destinations.id || '-dead' and job.state < 'active'
     group by destinations.id order by destinations.id`,
  );
  return rows;
}

/** The wake-ups that were given up, the latest first. */
export async function readDeadLetters(
  reader: Reader,
  { destination, contractId, limit }: { destination?: string; contractId?: string; limit: number },
): Promise<DeadLetter[]> {
  const { rows } = await reader.database.query<DeadLetterRow>(
    `select destinations.id as destination, job.data->>'contractId' as contract_id,
       job.created_on, job.source_retry_count, job.source_output
     from destinations
     join ${await queueSchemaOf(reader)}.job
       on job.name = destinations.id || '-dead' and job.state < 'active'
     where ($1::text is null or destinations.id = $1)
       and ($2::text is null or job.data->>'contractId' = $2)
     order by job.created_on desc, job.id limit $3`,
    [destination ?? null, contractId ?? null, limit],
  );
  return rows.map(toDeadLetter);
}

/** Which dead letters: of one destination, and of one contract where it is given. */
export type DeadLetterFilter = { destination: string; contractId?: string };

/** How many dead letters a redrive of at most that many would move now. */
export async function previewRedrive(
  reader: Reader,
  filter: DeadLetterFilter,
  atMost: number,
): Promise<number> {
  await using queue = await openQuietQueue(reader);
  const { total, unroutable } = await queue.boss.previewRedrive(
    deadLetterQueue(filter.destination),
    { ...matching(filter), limit: atMost },
  );
  return total - unroutable;
}

/** How fast dead letters go back. */
export type RedrivePace = {
  atMost: number;
  perSecond: number;
  /** Told after each slice how many have gone back so far. */
  onMoved?: (moved: number) => void;
  sleep: (milliseconds: number) => Promise<unknown>;
};

/**
 * Puts dead letters back into their destination's queue, the oldest first, a slice a second; returns how
 * many. Each goes back once, whoever else redrives meanwhile. What is given up after the start stays, so that
 * a contract which fails again is not moved in a circle.
 */
export async function redriveDeadLetters(
  reader: Reader,
  filter: DeadLetterFilter,
  pace: RedrivePace,
): Promise<number> {
  await using queue = await openQuietQueue(reader);
  const name = deadLetterQueue(filter.destination);
  const createdBefore = await databaseTime(reader);
  let moved = 0;
  while (moved < pace.atMost) {
    if (moved > 0) await pace.sleep(1_000);
    const limit = Math.min(pace.perSecond, pace.atMost - moved);
    const slice = await queue.boss.redrive(name, { ...matching(filter), createdBefore, limit });
    moved += slice;
    pace.onMoved?.(moved);
    if (slice < limit) break;
  }
  return moved;
}

function matching({ contractId }: DeadLetterFilter) {
  return contractId === undefined ? {} : { data: { contractId } satisfies Wakeup };
}

/** The database wrote when each was given up, so its clock says what came before the start. */
async function databaseTime(reader: Reader): Promise<Date> {
  const { rows } = await reader.database.query<{ now: Date }>("select now() as now");
  if (rows[0] === undefined) throw new Error("PostgreSQL did not say what time it is.");
  return rows[0].now;
}

/** pg-boss on the reader's own connections: no worker, no schedule, no change of its schema. */
async function openQuietQueue(reader: Reader): Promise<AsyncDisposable & { boss: PgBoss }> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => reader.database.query(text, values) },
    schema: await queueSchemaOf(reader),
    migrate: false,
    supervise: false,
    schedule: false,
    registerInstance: false,
  });
  boss.on("error", () => undefined);
  await boss.start();
  return { boss, [Symbol.asyncDispose]: () => boss.stop({ graceful: false, close: false }) };
}

/** A reader's connections see our schema first; pg-boss has its own beside it, named after ours. */
export async function queueSchemaOf(reader: Reader): Promise<string> {
  const { rows } = await reader.database.query<{ schema: string }>(
    "select current_setting('search_path') as schema",
  );
  return `${rows[0]?.schema ?? ""}_queue`;
}

type DeadLetterRow = {
  destination: string;
  contract_id: string;
  created_on: Date;
  source_retry_count: number | null;
  source_output: unknown;
};

function toDeadLetter(row: DeadLetterRow): DeadLetter {
  return {
    destination: row.destination,
    contractId: row.contract_id,
    givenUpAt: row.created_on.toISOString(),
    tries: (row.source_retry_count ?? 0) + 1,
    failure: readFailure(row.source_output),
  };
}
