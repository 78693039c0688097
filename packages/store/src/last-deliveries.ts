import type { Reader } from "./database.ts";

/** How many of the latest deliveries are looked through, so that this stays quick however many there are. */
const lookedThrough = 200_000;

/** When something last came from each of these sources; a source from which nothing came of late is left out. */
export async function readLastDeliveries(
  { database }: Reader,
  sources: readonly string[],
): Promise<Map<string, Date>> {
  const { rows } = await database.query<{ source: string; at: Date }>(
    `select source, max(last_received_at) as at from deliveries
     where id > (select coalesce(max(id), 0) - $2 from deliveries) and source = any($1::text[])
     group by source`,
    [sources, lookedThrough],
  );
  return new Map(rows.map(({ source, at }) => [source, at]));
}
