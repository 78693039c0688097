import { toStored, type ContractRow, type StoredContract } from "./contracts.ts";
import type { Reader } from "./database.ts";

/** From when on a contract may have stalled: in its view, in its last event, and by when it expires. */
export type StallingSince = { viewed: Date; quiet: Date; expires: { after: Date; by: Date } };

/** `hasMore`: of one kind there are more than were asked for. */
export type Stalling = { contracts: StoredContract[]; hasMore: boolean };

/**
 * Contracts that are out and may have stalled: those about to expire, viewed ones that nobody has signed, and
 * partly signed ones to which nothing happens; of each kind at most `limit`, those first that expire first or
 * wait longest. In no order.
 */
export async function readStalling(
  { database }: Reader,
  { viewed, quiet, expires }: StallingSince,
  limit: number,
): Promise<Stalling> {
  const { rows } = await database.query<ContractRow & { first: string; last: string }>({
    name: "read stalling contracts",
    text: `with stalling as (
        (select id, row_number() over (order by state ->> 'expiresAt') as place from contracts
          where version > 0 and status in ('sent', 'viewed', 'partially_signed')
            and state ->> 'expiresAt' > $1 and state ->> 'expiresAt' <= $2
          order by state ->> 'expiresAt' limit $5)
        union all
        (select id, row_number() over (order by state ->> 'viewedAt') from contracts
          where version > 0 and status = 'viewed' and state ->> 'viewedAt' <= $3
          order by state ->> 'viewedAt' limit $5)
        union all
        (select id, row_number() over (order by state ->> 'lastEventAt') from contracts
          where version > 0 and status = 'partially_signed' and state ->> 'lastEventAt' <= $4
          order by state ->> 'lastEventAt' limit $5)),
      places as (select id, min(place) as first, max(place) as last from stalling group by id)
      select state, version, changed_at, first, last from places join contracts using (id)`,
    values: [
      ...[expires.after, expires.by, viewed, quiet].map((time) => time.toISOString()),
      limit + 1,
    ],
  });
  return {
    contracts: rows.filter(({ first }) => Number(first) <= limit).map(toStored),
    hasMore: rows.some(({ last }) => Number(last) > limit),
  };
}
