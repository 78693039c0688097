import type { Reader } from "../database.ts";
import type { Store } from "../store.ts";

/** A channel of a destination. */
export type NoisyChannel = { destination: string; workspace: string; channel: string };

/** Too much was going on in a channel: since when, and until when. */
export type Noise = NoisyChannel & {
  loudSince: Date;
  /** How many messages it had in the window that made it loud. */
  posts: number;
  /** Null while it is loud. */
  calmedAt: Date | null;
  /** What was left unsaid up to then has been summed up. */
  summedTo: Date;
};

/** What counts as noise: effects of these kinds that were done, and those that were left unsaid for the noise. */
export type NoiseWindow = { since: Date; kinds: readonly string[] };

/** The code of an effect that was skipped since too much was going on. */
const collapsed = "collapsed";

/** What is known of the channel's noise, and how many messages it had, or would have had, since then. */
export async function readNoise(
  { database }: Reader,
  { destination, workspace, channel }: NoisyChannel,
  { since, kinds }: NoiseWindow,
): Promise<{ noise: Noise | null; posts: number }> {
  const { rows } = await database.query<Partial<NoiseRow> & { counted: number }>({
    name: "read noise",
    text: `select noise.*, ((select count(*) from effects where destination = $1 and target = $3
          and status = 'done' and called_at >= $4 and kind = any($5::text[]))
        + (select count(*) from effects where destination = $1 and target = $3
          and code = '${collapsed}' and settled_at >= $4))::int as counted
      from (select 1) as one
      left join noise on noise.destination = $1 and noise.workspace = $2 and noise.channel = $3`,
    values: [destination, workspace, channel, since, kinds],
  });
  const [row] = rows;
  return { noise: row === undefined ? null : toNoise(row), posts: row?.counted ?? 0 };
}

/** Notes that the channel has become loud; null where somebody noted that before. */
export async function beginNoise(
  store: Store,
  { destination, workspace, channel }: NoisyChannel,
  posts: number,
): Promise<Noise | null> {
  const { rows } = await store.database.query<NoiseRow>(
    `insert into noise (destination, workspace, channel, loud_since, posts, summed_to)
     values ($1, $2, $3, $4, $5, $4)
     on conflict (destination, workspace, channel) do update set loud_since = excluded.loud_since,
       posts = excluded.posts, calmed_at = null where noise.calmed_at is not null
     returning *`,
    [destination, workspace, channel, store.now(), posts],
  );
  return rows[0] ? toNoise(rows[0]) : null;
}

/** Notes that it has calmed; null where somebody noted that before. */
export async function endNoise(store: Store, of: NoisyChannel): Promise<Noise | null> {
  const { rows } = await store.database.query<NoiseRow>(
    `update noise set calmed_at = $4
     where destination = $1 and workspace = $2 and channel = $3 and calmed_at is null returning *`,
    [...keyOf(of), store.now()],
  );
  return rows[0] ? toNoise(rows[0]) : null;
}

/** Notes up to when what was left unsaid has been summed up. */
export async function noteSummed(store: Store, of: NoisyChannel, to: Date): Promise<void> {
  await store.database.query(
    `update noise set summed_to = greatest(summed_to, $4)
     where destination = $1 and workspace = $2 and channel = $3`,
    [...keyOf(of), to],
  );
}

/** Forgets a channel that is calm. */
export async function forgetNoise(store: Store, of: NoisyChannel): Promise<void> {
  await store.database.query(
    `delete from noise where destination = $1 and workspace = $2 and channel = $3
       and calmed_at is not null`,
    keyOf(of),
  );
}

/** The channels that are loud, or were until lately. */
export async function readNoises({ database }: Reader, destination: string): Promise<Noise[]> {
  const { rows } = await database.query<NoiseRow>(
    "select * from noise where destination = $1 order by workspace, channel",
    [destination],
  );
  return rows.flatMap((row) => toNoise(row) ?? []);
}

/** The contracts of which something was left unsaid in the channel after `from` and up to `to`, the latest first. */
export async function readCollapsed(
  { database }: Reader,
  { destination, channel }: Pick<NoisyChannel, "destination" | "channel">,
  { from, to }: { from: Date; to: Date },
  limit: number,
): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>({
    name: "read collapsed",
    text: `select contract_id as id from effects where destination = $1 and target = $2
        and code = '${collapsed}' and settled_at > $3 and settled_at <= $4
        and contract_id is not null
      group by contract_id order by max(settled_at) desc, contract_id limit $5`,
    values: [destination, channel, from, to, limit],
  });
  return rows.map(({ id }) => id);
}

function keyOf({ destination, workspace, channel }: NoisyChannel): [string, string, string] {
  return [destination, workspace, channel];
}

type NoiseRow = {
  destination: string;
  workspace: string;
  channel: string;
  loud_since: Date;
  posts: number;
  calmed_at: Date | null;
  summed_to: Date;
};

function toNoise(row: Partial<NoiseRow>): Noise | null {
  const { destination, workspace, channel, posts, calmed_at: calmedAt = null } = row;
  const { loud_since: loudSince, summed_to: summedTo } = row;
  if (destination === undefined || workspace === undefined || channel === undefined) return null;
  if (!loudSince || !summedTo) return null;
  const of = { destination, workspace, channel };
  return { ...of, loudSince, posts: posts ?? 0, calmedAt, summedTo };
}
