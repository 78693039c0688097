import type { Reader } from "../database.ts";
import type { Store } from "../store.ts";

/** A person's home tab as it was drawn last. */
export type HomeTab = {
  workspace: string;
  userId: string;
  /** Whose contracts it shows; null where nobody knows. */
  email: string | null;
  /** Counts from 1. */
  page: number;
  /** What it shows was read after this. */
  drawnAt: Date;
  /** What the outside calls the state that it was left in; null where that is not known. */
  hash: string | null;
  /** Tells one content from another. */
  drawn: string | null;
};

type Whose = Pick<HomeTab, "workspace" | "userId">;

export async function readHomeTab(
  { database }: Reader,
  { workspace, userId }: Whose,
): Promise<HomeTab | null> {
  const { rows } = await database.query<HomeTabRow>(
    "select * from home_tabs where workspace = $1 and user_id = $2",
    [workspace, userId],
  );
  return rows[0] ? toHomeTab(rows[0]) : null;
}

/** Notes that the tab was opened, or turned to another page, and with what it was drawn. */
export async function openHomeTab(store: Store, tab: HomeTab): Promise<void> {
  await store.database.query(
    `insert into home_tabs (workspace, user_id, email, page, opened_at, drawn_at, hash, drawn)
     values ($1, $2, lower($3), $4, $5, $6, $7, $8)
     on conflict (workspace, user_id) do update set email = excluded.email, page = excluded.page,
       opened_at = excluded.opened_at, drawn_at = excluded.drawn_at, hash = excluded.hash,
       drawn = excluded.drawn`,
    [...keyOf(tab), tab.email, tab.page, store.now(), tab.drawnAt, tab.hash, tab.drawn],
  );
}

/** Notes with what an open tab was drawn again. */
export async function redrawHomeTab(
  store: Store,
  tab: Whose & Pick<HomeTab, "email" | "hash" | "drawn">,
): Promise<void> {
  await store.database.query(
    `update home_tabs set email = lower($3), hash = $4, drawn = $5
     where workspace = $1 and user_id = $2`,
    [...keyOf(tab), tab.email, tab.hash, tab.drawn],
  );
}

/** It could not be drawn again: it is as old as it was. */
export async function releaseHomeTab(
  store: Store,
  tab: Whose & Pick<HomeTab, "drawnAt">,
): Promise<void> {
  await store.database.query(
    `update home_tabs set drawn_at = least(drawn_at, $3) where workspace = $1 and user_id = $2`,
    [...keyOf(tab), tab.drawnAt],
  );
}

/** A transaction that was under way while a tab was drawn may say an earlier time than it was committed at. */
const margin = "5 seconds";

/**
 * Takes the tabs opened since then whose content may have changed after they were drawn: a contract of
 * theirs or with them, its deal or its tie, or what the person wants to hear. Whoever takes one draws it again.
 */
export async function takeStaleHomeTabs(
  store: Store,
  openedSince: Date,
  limit: number,
): Promise<HomeTab[]> {
  const { rows } = await store.database.query<HomeTabRow & { drawn_before: Date }>({
    name: "take stale home tabs",
    text: takeText,
    values: [openedSince, store.now(), limit],
  });
  return rows.map((row) => ({ ...toHomeTab(row), drawnAt: row.drawn_before }));
}

const takeText = `
  with stale as (
    select workspace, user_id, drawn_at from home_tabs as tab
    where opened_at >= $1 and drawn_at < $2 and (
      exists (select 1 from contracts where lower(state -> 'sender' ->> 'email') = tab.email
        and changed_at > tab.drawn_at - interval '${margin}')
      or exists (select 1 from contracts
        cross join lateral jsonb_array_elements(state -> 'recipients') as recipient
        where changed_at > tab.drawn_at - interval '${margin}'
          and lower(recipient ->> 'email') = tab.email)
      or exists (select 1 from deals join links using (destination, record_id)
        join contracts on contracts.id = links.contract_id
        where lower(deals.owner_email) = tab.email
          and greatest(contracts.changed_at, deals.read_at, links.linked_at)
            > tab.drawn_at - interval '${margin}')
      or exists (select 1 from people where people.workspace = tab.workspace
        and people.user_id = tab.user_id and updated_at > tab.drawn_at - interval '${margin}')
      or exists (select 1 from quieted where quieted.workspace = tab.workspace
        and audience = tab.user_id and made_at > tab.drawn_at - interval '${margin}'))
    order by drawn_at limit $3 for update skip locked)
  update home_tabs as tab set drawn_at = $2 from stale
  where tab.workspace = stale.workspace and tab.user_id = stale.user_id
  returning tab.*, stale.drawn_at as drawn_before`;

/** Forgets tabs that nobody has opened since then. */
export async function forgetHomeTabs(store: Store, before: Date): Promise<number> {
  const { rowCount } = await store.database.query("delete from home_tabs where opened_at < $1", [
    before,
  ]);
  return rowCount ?? 0;
}

function keyOf({ workspace, userId }: Whose): [string, string] {
  return [workspace, userId];
}

type HomeTabRow = {
  workspace: string;
  user_id: string;
  email: string | null;
  page: number;
  drawn_at: Date;
  hash: string | null;
  drawn: string | null;
};

function toHomeTab(row: HomeTabRow): HomeTab {
  const { workspace, email, page, hash, drawn } = row;
  return { workspace, userId: row.user_id, email, page, drawnAt: row.drawn_at, hash, drawn };
}
