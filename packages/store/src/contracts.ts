import type { Contract } from "@countersign/core";
import { textArray } from "./arrays.ts";
import type { Connection, Database } from "./database.ts";
import { gatherOn } from "./gather-on.ts";
import { texts, type Statement } from "./statement.ts";
import { splitWords } from "./words.ts";

/** A contract as it is now. `version` counts its changes, from 1. */
export type StoredContract = { contract: Contract; version: number; changedAt: Date };

/** What is selected of a contract's row. */
export type ContractRow = { state: Contract; version: string; changed_at: Date };

export function toStored(row: ContractRow): StoredContract {
  return { contract: row.state, version: Number(row.version), changedAt: row.changed_at };
}

/** Of open contracts, in so many words: as the index `contracts_open` names them, or it does not serve. */
export const isOpenText = "status in ('draft', 'sent', 'viewed', 'partially_signed')";

/** The contract with this id (`<source>/<provider's id>`), or null. */
export const readContract: (database: Database, id: string) => Promise<StoredContract | null> =
  gatherOn(async (database, ids: string[]) => {
    const { rows } = await database.query<ContractRow & { id: string }>({
      name: "read contracts",
      text: `select id, state, version, changed_at from contracts
        where id = any(${texts("$1")}) and version > 0`,
      values: [ids],
    });
    const stored = new Map(rows.map((row) => [row.id, toStored(row)]));
    return ids.map((id) => stored.get(id) ?? null);
  });

/**
 * Contracts that answer to the words: an id given whole; else every word stands in the title, the parties'
 * names and addresses or the custom fields, the last one perhaps only begun; else all of them only begun. The
 * latest changed come first.
 */
export async function findContracts(
  database: Database,
  words: string,
  limit: number,
): Promise<StoredContract[]> {
  const named = await findNamed(database, words.trim(), limit);
  const split = splitWords(words);
  if (named.length > 0 || split.length === 0) return named;
  const whole = split.map((word) => `'${word}'`);
  const found = await findWorded(database, `${whole.join(" & ")}:*`, limit);
  if (found.length > 0 || split.length === 1) return found;
  return findWorded(database, `${whole.join(":* & ")}:*`, limit);
}

async function findNamed(database: Database, id: string, limit: number): Promise<StoredContract[]> {
  const { rows } = await database.query<ContractRow>({
    name: "find contracts by id",
    text: `select state, version, changed_at from contracts
      where version > 0 and (id = $1 or external_id = $1)
      order by id = $1 desc, changed_at desc, id limit $2`,
    values: [id, limit],
  });
  return rows.map(toStored);
}

/** A word that is only begun makes PostgreSQL gather all contracts with such a word: the fewer, the faster. */
async function findWorded(
  database: Database,
  query: string,
  limit: number,
): Promise<StoredContract[]> {
  const { rows } = await database.query<ContractRow>({
    text: `select state, version, changed_at from contracts
      where version > 0 and words @@ $1::tsquery order by changed_at desc, id limit $2`,
    values: [query, limit],
  });
  return rows.map(toStored);
}

/** The versions of those contracts that are there, held until the transaction ends. */
export async function lockContracts(
  connection: Connection,
  ids: readonly string[],
): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const { rows } = await connection.query<{ id: string; version: string }>({
    name: "lock contracts",
    text: `select id, version from contracts where id = any(${texts("$1")})
      order by id for update`,
    values: [ids],
  });
  return new Map(rows.map(({ id, version }) => [id, Number(version)]));
}

/** A contract as it is to be stored from now on, and whether it is found by other words than before. */
type NextVersion = {
  contract: Contract;
  version: number;
  searchable: string;
  hasNewWords: boolean;
};

/** Makes contracts that nobody knew, a row for each; none for one that somebody else made. */
export function insertContracts(next: readonly NextVersion[], now: Date): Statement {
  return {
    text: `insert into contracts (id, status, title, state, version, words, source, external_id,
        created_at, changed_at)
      select id, status, title, state::jsonb, version::bigint,
        array_to_tsvector(string_to_array(words, ' ')), source, external_id, $9, $9
      from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
          $7::text[], $8::text[])
        as row (id, status, title, state, version, words, source, external_id)
      order by id
      on conflict (id) do nothing returning 1`,
    values: [
      ...versionColumns(next),
      textArray(next.map(({ contract }) => contract.source)),
      textArray(next.map(({ contract }) => contract.externalId)),
      now,
    ],
  };
}

/** Stores the folds of contracts that `lockContracts` holds. */
export function updateContracts(next: readonly NextVersion[], now: Date): Statement {
  return {
    text: `update contracts set status = row.status, title = row.title, state = row.state::jsonb,
        version = row.version::bigint, changed_at = $7,
        words = case when row.words is null then contracts.words
          else array_to_tsvector(string_to_array(row.words, ' ')) end
      from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
        as row (id, status, title, state, version, words)
      where contracts.id = row.id returning 1`,
    values: [...versionColumns(next), now],
  };
}

/** The columns that change: id, status, title, state, version and, where they are new, the words. */
function versionColumns(next: readonly NextVersion[]): Buffer[] {
  return [
    textArray(next.map(({ contract }) => contract.id)),
    textArray(next.map(({ contract }) => contract.status)),
    textArray(next.map(({ contract }) => contract.title)),
    textArray(next.map(({ contract }) => JSON.stringify(contract))),
    textArray(next.map(({ version }) => String(version))),
    textArray(
      next.map(({ searchable, hasNewWords }) =>
        hasNewWords ? splitWords(searchable).join(" ") : null,
      ),
    ),
  ];
}
