import type { Contract } from "@countersign/core";
import type { Connection, Database } from "./database.ts";
import { splitWords, wordsOf } from "./words.ts";

/** A contract as it is now. `version` counts its changes, from 1. */
export type StoredContract = { contract: Contract; version: number; changedAt: Date };

type ContractRow = { state: Contract; version: string; changed_at: Date };

/** The contract with this id (`<source>/<provider's id>`), or null. */
export async function readContract(
  database: Database | Connection,
  id: string,
): Promise<StoredContract | null> {
  const { rows } = await database.query<ContractRow>(
    "select state, version, changed_at from contracts where id = $1 and version > 0",
    [id],
  );
  return rows[0] ? toStored(rows[0]) : null;
}

/**
 * Contracts that answer to the words: an id given whole, else every word the beginning of one in the
 * title, the parties' names and addresses or the custom fields. The latest changed come first.
 */
export async function findContracts(
  database: Database,
  words: string,
  limit: number,
): Promise<StoredContract[]> {
  const query = splitWords(words).map((word) => `'${word}':*`);
  if (query.length === 0) return [];
  const { rows } = await database.query<ContractRow>(
    `select state, version, changed_at from contracts
     where version > 0 and (id = $1 or external_id = $1 or words @@ $2::tsquery)
     order by (id = $1 or external_id = $1) desc, changed_at desc, id limit $3`,
    [words.trim(), query.join(" & "), limit],
  );
  return rows.map(toStored);
}

/** Makes sure that the contract has a row, and holds it until the transaction ends. */
export async function lockContract(
  connection: Connection,
  about: { id: string; source: string; externalId: string },
  now: Date,
): Promise<number> {
  await connection.query(
    `insert into contracts (id, source, external_id, status, state, version, words, created_at, changed_at)
     values ($1, $2, $3, 'draft', '{}', 0, '', $4, $4) on conflict (id) do nothing`,
    [about.id, about.source, about.externalId, now],
  );
  const { rows } = await connection.query<{ version: string }>(
    "select version from contracts where id = $1 for update",
    [about.id],
  );
  return Number(rows[0]?.version ?? 0);
}

/** Stores the fold of a contract that `lockContract` holds. */
export async function writeContract(
  connection: Connection,
  contract: Contract,
  version: number,
  now: Date,
): Promise<void> {
  await connection.query(
    `update contracts set status = $2, title = $3, state = $4, version = $5, changed_at = $6,
       words = array_to_tsvector($7::text[]) where id = $1`,
    [
      contract.id,
      contract.status,
      contract.title,
      JSON.stringify(contract),
      version,
      now,
      wordsOf(contract),
    ],
  );
}

function toStored(row: ContractRow): StoredContract {
  return { contract: row.state, version: Number(row.version), changedAt: row.changed_at };
}
