import type { Reader } from "./database.ts";
import type { Store } from "./store.ts";

/** Which contracts: of one source, and of this range of time. */
export type BackfillRange = { source: string; since: Date; until: Date };

/** What became of the contracts that were read, by how it ended. */
export type BackfillCounts = Record<string, number>;

/** How far a backfill has got: `done` of `externalIds` are read. */
export type Backfill = {
  externalIds: string[];
  done: number;
  counts: BackfillCounts;
  finishedAt: Date | null;
};

/**
 * The backfill of this range, begun or finished, and until when it is; null where there was none. `orUnfinished`:
 * before it, the latest of the same beginning that was broken off, whatever its end.
 */
export async function findBackfill(
  { database }: Reader,
  { source, since, until }: BackfillRange,
  { orUnfinished }: { orUnfinished: boolean },
): Promise<(Backfill & Pick<BackfillRange, "until">) | null> {
  const { rows } = await database.query<{
    until: Date;
    external_ids: string[];
    done: number;
    counts: BackfillCounts;
    finished_at: Date | null;
  }>(
    `select until, external_ids, done, counts, finished_at from backfills
     where source = $1 and since = $2 and (until = $3 or ($4 and finished_at is null))
     order by finished_at is null desc, started_at desc limit 1`,
    [source, since, until, orUnfinished],
  );
  const [row] = rows;
  if (row === undefined) return null;
  return {
    until: row.until,
    externalIds: row.external_ids,
    done: row.done,
    counts: row.counts,
    finishedAt: row.finished_at,
  };
}

/** Writes down which contracts are to be read, in place of an earlier backfill of the same range. */
export async function startBackfill(
  store: Store,
  { source, since, until }: BackfillRange,
  externalIds: readonly string[],
): Promise<void> {
  await store.database.query(
    `insert into backfills (source, since, until, external_ids, started_at) values ($1, $2, $3, $4, $5)
     on conflict (source, since, until) do update set external_ids = excluded.external_ids, done = 0,
       counts = '{}', started_at = excluded.started_at, finished_at = null`,
    [source, since, until, JSON.stringify(externalIds), store.now()],
  );
}

/** Notes that so many are read. When all are, it is finished. */
export async function noteBackfilled(
  store: Store,
  { source, since, until }: BackfillRange,
  { done, counts }: Pick<Backfill, "done" | "counts">,
): Promise<void> {
  await store.database.query(
    `update backfills set done = $4, counts = $5,
       finished_at = case when $4 >= jsonb_array_length(external_ids) then $6::timestamptz end
     where source = $1 and since = $2 and until = $3`,
    [source, since, until, done, JSON.stringify(counts), store.now()],
  );
}
