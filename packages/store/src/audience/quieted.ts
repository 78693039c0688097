import type { Reader } from "../database.ts";
import { gatherOn } from "../gather-on.ts";
import type { Store } from "../store.ts";

/** A contract that a person (by user id) or a channel does not want to hear of. */
export type Quieted = {
  workspace: string;
  /** A user's or a channel's id. */
  audience: string;
  contractId: string;
  /** Null: for good. */
  until: Date | null;
  madeBy: string;
};

/** From now on, instead of what they said before. */
export async function quiet(store: Store, quieted: Quieted): Promise<void> {
  const { workspace, audience, contractId, until, madeBy } = quieted;
  await store.database.query(
    `insert into quieted (workspace, audience, contract_id, until, made_by, made_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (contract_id, workspace, audience) do update set until = excluded.until,
       made_by = excluded.made_by, made_at = excluded.made_at`,
    [workspace, audience, contractId, until, madeBy, store.now()],
  );
}

/** False where it was not quieted. */
export async function unquiet(
  store: Store,
  { workspace, audience, contractId }: Pick<Quieted, "workspace" | "audience" | "contractId">,
): Promise<boolean> {
  const { rowCount } = await store.database.query(
    "delete from quieted where contract_id = $1 and workspace = $2 and audience = $3",
    [contractId, workspace, audience],
  );
  return rowCount === 1;
}

/** Who does not want to hear of the contract; of those, `until` may have passed. */
export function readQuieted({ database }: Reader, contractId: string): Promise<Quieted[]> {
  return readTogether(database, contractId);
}

const readTogether = gatherOn(async (database, contractIds: string[]) => {
  const { rows } = await database.query<QuietedRow>({
    name: "read quieted",
    text: "select * from quieted where contract_id = any($1::text[])",
    values: [contractIds],
  });
  const quieted = Map.groupBy(rows.map(toQuieted), ({ contractId }) => contractId);
  return contractIds.map((contractId) => quieted.get(contractId) ?? []);
});

/** What somebody does not want to hear of, the latest first. */
export async function readQuietedBy(
  { database }: Reader,
  { workspace, audience }: Pick<Quieted, "workspace" | "audience">,
): Promise<Quieted[]> {
  const { rows } = await database.query<QuietedRow>(
    "select * from quieted where workspace = $1 and audience = $2 order by made_at desc limit 200",
    [workspace, audience],
  );
  return rows.map(toQuieted);
}

type QuietedRow = {
  workspace: string;
  audience: string;
  contract_id: string;
  until: Date | null;
  made_by: string;
};

function toQuieted(row: QuietedRow): Quieted {
  return {
    workspace: row.workspace,
    audience: row.audience,
    contractId: row.contract_id,
    until: row.until,
    madeBy: row.made_by,
  };
}
