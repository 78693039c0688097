import type { Reader } from "../database.ts";

/** A channel or person that cannot be posted to: since when, and why. */
export type Stop = {
  workspace: string;
  channel: string;
  /** Whose direct messages they were; null for a channel. */
  person: string | null;
  code: string;
  at: Date;
  /** Who had subscribed the channel. */
  madeBy: string[];
};

/** The channels whose subscriptions were stopped since then, and the people who were lost, the first first. */
export async function readStops(
  { database }: Reader,
  destination: string,
  since: Date,
): Promise<Stop[]> {
  const { rows } = await database.query<StopRow>(
    `select workspace, channel, null as person, min(stopped_code) as code, stopped_at as at,
       array_agg(distinct made_by) as made_by
     from subscriptions where destination = $1 and stopped_at >= $2
     group by workspace, channel, stopped_at
     union all
     select workspace, channel, person, lost_code, lost_at, '{}' from places
     where destination = $1 and lost_at >= $2 and person is not null
     order by at, channel`,
    [destination, since],
  );
  return rows.map(({ made_by: madeBy, ...stop }) => ({ ...stop, madeBy }));
}

type StopRow = Omit<Stop, "madeBy"> & { made_by: string[] };
