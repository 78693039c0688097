import type { Contract, ContractEvent, ContractStatus } from "@countersign/core";
import { isOpenText, toStored, type ContractRow, type StoredContract } from "./contracts.ts";
import type { Reader } from "./database.ts";
import { readEventsIn } from "./events.ts";
import { gatherOn } from "./gather-on.ts";

/** Which contracts a list is of. What is not given does not matter. */
export type ContractFilter = {
  statuses?: readonly ContractStatus[];
  /** Something has changed in it since then. */
  changedSince?: Date;
};

export type Page = { limit: number; offset: number };

/** The contracts of the list, the latest changed first, and whether there are more behind this page. */
export async function listContracts(
  { database }: Reader,
  filter: ContractFilter,
  { limit, offset }: Page,
): Promise<{ contracts: StoredContract[]; hasMore: boolean }> {
  const { statuses, changedSince } = filter;
  const { rows } = await database.query<ContractRow>(
    `select state, version, changed_at from contracts
     where version > 0
       and ($1::text[] is null or status = any($1))
       and ($2::timestamptz is null or changed_at >= $2)
     order by changed_at desc, id limit $3 offset $4`,
    [statuses ?? null, changedSince ?? null, limit + 1, offset],
  );
  const contracts = rows.slice(0, limit).map(toStored);
  return { contracts, hasMore: rows.length > limit };
}

const pageOfChanged = 400;

/** Every contract that has changed since then, in pages, the latest changed first. */
export async function* contractsSince(
  reader: Reader,
  since: Date,
): AsyncGenerator<StoredContract[]> {
  for (let offset = 0; ; offset += pageOfChanged) {
    const page = { limit: pageOfChanged, offset };
    const { contracts, hasMore } = await listContracts(reader, { changedSince: since }, page);
    yield contracts;
    if (!hasMore) return;
  }
}

// Where ids are gathered into an array first, PostgreSQL does not take to reading all contracts in the order of
// their change until it meets one of them.

/** The contract that a person opens at this address, or whose deal they open there; null where none is known. */
export async function findByUrl({ database }: Reader, url: string): Promise<StoredContract | null> {
  const { rows } = await database.query<ContractRow>({
    name: "find contract by url",
    text: `select state, version, changed_at from contracts where version > 0 and id = any(array(
        select id from contracts where state ->> 'url' = $1
        union all
        select contract_id from links join deals using (destination, record_id)
          where deals.url = $1 and not links.removed))
      order by changed_at desc, id limit 1`,
    values: [url],
  });
  return rows[0] ? toStored(rows[0]) : null;
}

/** The contracts that are linked to a record of a CRM, whichever CRM it is of, the latest changed first. */
export async function findByRecord(
  { database }: Reader,
  recordId: string,
  limit: number,
): Promise<StoredContract[]> {
  const { rows } = await database.query<ContractRow>({
    name: "find contracts by record",
    text: `select state, version, changed_at from contracts
      where version > 0 and id = any(array(select contract_id from links
        where destination = any($3::text[]) and record_id = $1 and not removed))
      order by changed_at desc, id limit $2`,
    values: [recordId, limit, ["hubspot", "salesforce"]],
  });
  return rows.map(toStored);
}

/** A contract with its events, in the order of their happening. */
type History = { contract: Contract; events: ContractEvent[] };

/** What is stored of each contract that changed since then, at most `limit`, the latest changed first. */
export async function readHistory(reader: Reader, since: Date, limit: number): Promise<History[]> {
  const page = { limit, offset: 0 };
  const { contracts } = await listContracts(reader, { changedSince: since }, page);
  return withEvents(reader, contracts);
}

/**
 * The same of every contract that has changed since then, in pages, what changed first coming first. Each comes once, as
 * it is when its page is read, however many change meanwhile.
 */
export async function* historySince(
  reader: Reader,
  since: Date,
  pageLength = 200,
): AsyncGenerator<History[]> {
  const { rows } = await reader.database.query<{ id: string }>({
    name: "read ids of changed contracts",
    text: "select id from contracts where version > 0 and changed_at >= $1 order by changed_at, id",
    values: [since],
  });
  for (let from = 0; from < rows.length; from += pageLength) {
    const ids = rows.slice(from, from + pageLength).map(({ id }) => id);
    yield await withEvents(reader, await readContractsIn(reader, ids));
  }
}

/** In the order of the ids. */
async function readContractsIn({ database }: Reader, ids: string[]): Promise<StoredContract[]> {
  const { rows } = await database.query<ContractRow>({
    name: "read contracts in order",
    text: `select state, version, changed_at from contracts
      join unnest($1::text[]) with ordinality as asked (id, place) using (id) order by place`,
    values: [ids],
  });
  return rows.map(toStored);
}

async function withEvents(
  { database }: Reader,
  contracts: readonly StoredContract[],
): Promise<History[]> {
  const events = await readEventsIn(
    database,
    contracts.map(({ contract }) => contract.id),
  );
  return contracts.map(({ contract }) => ({ contract, events: events.get(contract.id) ?? [] }));
}

/** Open contracts, those to which nothing has happened for longest first; after `after`, where that is given. */
export async function readOpen(
  { database }: Reader,
  limit: number,
  after?: { lastEventAt: string; id: string },
): Promise<StoredContract[]> {
  const { rows } = await database.query<ContractRow>({
    name: "read open contracts",
    text: `select state, version, changed_at from contracts
      where version > 0 and ${isOpenText}
        and ($2::text is null or (state ->> 'lastEventAt', id) > ($2, $3))
      order by state ->> 'lastEventAt', id limit $1`,
    values: [limit, after?.lastEventAt ?? null, after?.id ?? null],
  });
  return rows.map(toStored);
}

/** The contracts that are linked to this record of this CRM, each as it is now, in the order of their ids. */
export function readLinkedContracts(
  reader: Reader,
  destination: string,
  recordId: string,
): Promise<StoredContract[]> {
  return readLinkedTogether(reader.database, { destination, recordId });
}

const readLinkedTogether = gatherOn(
  async (database, asked: { destination: string; recordId: string }[]) => {
    const { rows } = await database.query<ContractRow & { n: string }>({
      name: "read linked contracts",
      text: `select state, version, changed_at, n from contracts
        join links on links.contract_id = contracts.id and not links.removed
        join unnest($1::text[], $2::text[]) with ordinality as asked (destination, record, n)
          on links.destination = asked.destination and links.record_id = asked.record
        where version > 0 order by contracts.id`,
      values: [asked.map((one) => one.destination), asked.map((one) => one.recordId)],
    });
    const contracts = Map.groupBy(rows, ({ n }) => Number(n));
    return asked.map((_one, index) => (contracts.get(index + 1) ?? []).map(toStored));
  },
);
