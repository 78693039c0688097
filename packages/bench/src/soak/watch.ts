import type { Bench } from "../processes/bench.ts";

/** How far the product is behind at one moment. */
export type Backlog = {
  /** Jobs that wait in the queues. */
  waiting: number;
  /** Contracts that some destination does not show as they are, and the age of the oldest of their changes. */
  behind: number;
  oldestSeconds: number;
};

export async function readBacklog({ database }: Bench, schema: string): Promise<Backlog> {
  const { rows: queued } = await database.pool.query<{ waiting: number }>(
    `select count(*)::int as waiting from ${schema}_queue.job where state < 'active'`,
  );
  const { rows } = await database.pool.query<{ behind: number; oldest: number }>(
    `select count(distinct contracts.id)::int as behind,
       coalesce(extract(epoch from now() - min(contracts.changed_at)), 0)::float as oldest
     from ${schema}.contracts cross join ${schema}.destinations
     left join ${schema}.followed
       on followed.destination = destinations.id and followed.contract_id = contracts.id
     where contracts.changed_at > now() - interval '15 minutes'
       and contracts.version > coalesce(followed.version, 0)`,
  );
  return {
    waiting: queued[0]?.waiting ?? 0,
    behind: rows[0]?.behind ?? 0,
    oldestSeconds: rows[0]?.oldest ?? 0,
  };
}
