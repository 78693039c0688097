import type { Json } from "@countersign/core";
import type { Reader } from "../database.ts";
import type { Store } from "../store.ts";

/** Somebody in a destination's workspace, and who they are by e-mail. */
export type Person = {
  workspace: string;
  userId: string;
  email: string | null;
  /** They said so themselves, which outranks the workspace's directory. */
  isStated: boolean;
  /** IANA name, such as Europe/Berlin; null where nobody said. */
  timezone: string | null;
  /** What they want to hear; the destination knows what it means. */
  settings: Json;
};

/**
 * Notes what the directory says of a person, or with `isStated` what they say themselves. A directory's
 * address does not replace a stated one.
 */
export async function savePerson(
  store: Store,
  { workspace, userId, email, isStated, timezone }: Omit<Person, "settings">,
): Promise<void> {
  await store.database.query(
    `insert into people (workspace, user_id, email, is_stated, timezone, updated_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (workspace, user_id) do update set
       email = case when people.is_stated and not excluded.is_stated
         then people.email else excluded.email end,
       is_stated = people.is_stated or excluded.is_stated,
       timezone = coalesce(excluded.timezone, people.timezone), updated_at = excluded.updated_at`,
    [workspace, userId, email, isStated, timezone, store.now()],
  );
}

/** What they want to hear, of somebody who may not be known yet. */
export async function saveSettings(
  store: Store,
  { workspace, userId }: Pick<Person, "workspace" | "userId">,
  settings: Json,
): Promise<void> {
  await store.database.query(
    `insert into people (workspace, user_id, settings, updated_at) values ($1, $2, $3, $4)
     on conflict (workspace, user_id) do update set settings = excluded.settings,
       updated_at = excluded.updated_at`,
    [workspace, userId, JSON.stringify(settings), store.now()],
  );
}

export async function readPerson(
  { database }: Reader,
  { workspace, userId }: Pick<Person, "workspace" | "userId">,
): Promise<Person | null> {
  const { rows } = await database.query<PersonRow>(
    "select * from people where workspace = $1 and user_id = $2",
    [workspace, userId],
  );
  return rows[0] ? toPerson(rows[0]) : null;
}

/** Everybody with settings of their own: whom a schedule may be for. */
export async function readPeopleWithSettings({ database }: Reader): Promise<Person[]> {
  const { rows } = await database.query<PersonRow>(
    "select * from people where settings <> '{}' order by workspace, user_id",
  );
  return rows.map(toPerson);
}

/** As it is kept. */
export type PersonRow = {
  workspace: string;
  user_id: string;
  email: string | null;
  is_stated: boolean;
  timezone: string | null;
  settings: Json;
};

export function toPerson(row: PersonRow): Person {
  return {
    workspace: row.workspace,
    userId: row.user_id,
    email: row.email,
    isStated: row.is_stated,
    timezone: row.timezone,
    settings: row.settings,
  };
}
