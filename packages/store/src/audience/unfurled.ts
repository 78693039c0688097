import type { Store } from "../store.ts";

/** Something that a link leads to, in the place where it is shared. `subject` is what the destination calls it. */
export type Unfurl = { workspace: string; channel: string; subject: string };

/** True for whoever shows it first, where it has not been shown since that time. */
export async function takeUnfurl(store: Store, unfurl: Unfurl, since: Date): Promise<boolean> {
  const { workspace, channel, subject } = unfurl;
  const { rowCount } = await store.database.query(
    `insert into unfurled (workspace, channel, subject, unfurled_at) values ($1, $2, $3, $4)
     on conflict (workspace, channel, subject) do update set unfurled_at = excluded.unfurled_at
     where unfurled.unfurled_at <= $5`,
    [workspace, channel, subject, store.now(), since],
  );
  return rowCount === 1;
}

/** It was not shown after all. */
export async function releaseUnfurl(store: Store, unfurl: Unfurl): Promise<void> {
  const { workspace, channel, subject } = unfurl;
  await store.database.query(
    "delete from unfurled where workspace = $1 and channel = $2 and subject = $3",
    [workspace, channel, subject],
  );
}

/** Forgets what was shown before that time. */
export async function forgetUnfurls(store: Store, before: Date): Promise<number> {
  const { rowCount } = await store.database.query("delete from unfurled where unfurled_at < $1", [
    before,
  ]);
  return rowCount ?? 0;
}
