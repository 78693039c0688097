import type { Store } from "../store.ts";
import { queueSchema, readWakeup } from "./queue.ts";

/** Contracts of the jobs that somebody has taken from the destination's queue and not ended, of `limit` jobs. */
export async function contractsTaken(
  { database, schema }: Store,
  destination: string,
  limit: number,
): Promise<string[]> {
  const { rows } = await database.query<{ data: unknown }>(
    `select data from ${queueSchema(schema)}.job where name = $1 and state = 'active' limit $2`,
    [destination, limit],
  );
  return rows.flatMap(({ data }) => readWakeup(data));
}
