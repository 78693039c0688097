import { toStored, type ContractRow, type StoredContract } from "./contracts.ts";
import type { Reader } from "./database.ts";

/** From when on a contract may have stalled: in its view, in its last event, and by when it expires. */
export type StallingSince = { viewed: Date; quiet: Date; expires: { after: Date; by: Date } };

/**
 * Contracts that are out and may have stalled: those about to expire, viewed ones that nobody has signed, and
 * partly signed ones to which nothing happens; of each kind at most `limit`, those first that expire first or
 * wait longest. In no order.
 */
export async function readStalling(
  { database }: Reader,
  { viewed, quiet, expires }: StallingSince,
  limit: number,
): Promise<StoredContract[]> {
  const { rows } = await database.query<ContractRow>({
    name: "read stalling contracts",
    text: `select state, version, changed_at from contracts where id in (
        (select id from contracts
          where version > 0 and status in ('sent', 'viewed', 'partially_signed')
            and state ->> 'expiresAt' > $1 and state ->> 'expiresAt' <= $2
          order by state ->> 'expiresAt' limit $5)
        union
        (select id from contracts
          where version > 0 and status = 'viewed' and state ->> 'viewedAt' <= $3
          order by state ->> 'viewedAt' limit $5)
        union
        (select id from contracts
          where version > 0 and status = 'partially_signed' and state ->> 'lastEventAt' <= $4
          order by state ->> 'lastEventAt' limit $5))`,
    values: [
      ...[expires.after, expires.by, viewed, quiet].map((time) => time.toISOString()),
      limit,
    ],
  });
  return rows.map(toStored);
}
