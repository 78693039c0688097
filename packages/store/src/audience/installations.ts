import type { Reader } from "../database.ts";
import type { Store } from "../store.ts";

/** What a workspace gave us when it installed the app, sealed by whoever stores it. */
export type StoredInstallation = { id: string; sealed: Uint8Array; updatedAt: Date };

export async function saveInstallation(
  store: Store,
  id: string,
  sealed: Uint8Array,
): Promise<void> {
  await store.database.query(
    `insert into installations (id, sealed, updated_at) values ($1, $2, $3)
     on conflict (id) do update set sealed = excluded.sealed, updated_at = excluded.updated_at`,
    [id, Buffer.from(sealed), store.now()],
  );
}

export async function readInstallation(
  { database }: Reader,
  id: string,
): Promise<StoredInstallation | null> {
  const { rows } = await database.query<InstallationRow>(
    "select id, sealed, updated_at from installations where id = $1",
    [id],
  );
  return rows[0] ? toInstallation(rows[0]) : null;
}

export async function readInstallations({ database }: Reader): Promise<StoredInstallation[]> {
  const { rows } = await database.query<InstallationRow>(
    "select id, sealed, updated_at from installations order by id",
  );
  return rows.map(toInstallation);
}

export async function removeInstallation(store: Store, id: string): Promise<boolean> {
  const { rowCount } = await store.database.query("delete from installations where id = $1", [id]);
  return rowCount === 1;
}

type InstallationRow = { id: string; sealed: Buffer; updated_at: Date };

function toInstallation({
  id,
  sealed,
  updated_at: updatedAt,
}: InstallationRow): StoredInstallation {
  return { id, sealed, updatedAt };
}
