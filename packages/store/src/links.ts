import type { Reader } from "./database.ts";
import { gatherOn } from "./gather-on.ts";
import { texts } from "./statement.ts";
import type { Store } from "./store.ts";

/** The tie between a contract and a CRM's record: what found it, and how sure that is (1: certain). */
export type Link = {
  contractId: string;
  destination: string;
  recordId: string;
  foundBy: "custom-field" | "rule" | "person";
  certainty: number;
  /** What exactly found it, for the admin who asks why: the field's name, the rule's, the person's. */
  detail: string;
  /** What the record was called before it was merged with others; absent where it was not, as far as is known. */
  formerIds?: readonly string[];
};

/** A tie that somebody took away holds the record's id that it had. */
export type Unlinked = Pick<
  Link,
  "contractId" | "destination" | "recordId" | "detail" | "formerIds"
>;

/** The ties of a contract that hold, and those that a person took away: nothing is to tie these again by itself. */
export type Ties = { links: readonly Link[]; removed: readonly Unlinked[] };

/** As it stands in the table. */
export type LinkRow = {
  contract_id: string;
  destination: string;
  record_id: string;
  found_by: Link["foundBy"];
  certainty: number;
  detail: string;
  removed: boolean;
  former_ids: string[];
};

export async function readLinks(reader: Reader, contractId: string): Promise<readonly Link[]> {
  return (await readTogether(reader.database, contractId)).links;
}

export function readTies(reader: Reader, contractId: string): Promise<Ties> {
  return readTogether(reader.database, contractId);
}

const readTogether = gatherOn(async (database, contractIds: string[]) => {
  const { rows } = await database.query<LinkRow>({
    name: "read links",
    text: `select * from links where contract_id = any(${texts("$1")}) order by destination`,
    values: [contractIds],
  });
  const ties = Map.groupBy(rows, ({ contract_id: contractId }) => contractId);
  return contractIds.map((contractId) => toTies(ties.get(contractId) ?? []));
});

export function toTies(rows: readonly LinkRow[]): Ties {
  const [removed, links] = [true, false].map((is) => rows.filter((row) => row.removed === is));
  return { links: (links ?? []).map(toLink), removed: (removed ?? []).map(toLink) };
}

function toLink(row: LinkRow): Link {
  return {
    contractId: row.contract_id,
    destination: row.destination,
    recordId: row.record_id,
    foundBy: row.found_by,
    certainty: row.certainty,
    detail: row.detail,
    ...(row.former_ids.length > 0 && { formerIds: row.former_ids }),
  };
}

/** Ties the contract to the record, instead of any other of that CRM. */
export async function saveLink(store: Store, link: Link): Promise<void> {
  await saveTogether(store.database, { link, now: store.now() });
}

/**
 * The same for a tie that would be found again. Nobody waits for the disk: what rests on it is planned later,
 * and a crash of PostgreSQL loses nothing later with it.
 */
export async function saveFoundLink(store: Store, link: Link): Promise<void> {
  await saveTogether(store.bookkeeping, { link, now: store.now() });
}

/** Of several ties of one contract to one CRM, the last one holds. */
const saveTogether = gatherOn(async (database, given: { link: Link; now: Date }[]) => {
  const lasts = new Map(
    given.map((one) => [JSON.stringify([one.link.contractId, one.link.destination]), one]),
  );
  const rows = [...lasts.values()].map(({ link, now }) => ({
    contract_id: link.contractId,
    destination: link.destination,
    record_id: link.recordId,
    found_by: link.foundBy,
    certainty: link.certainty,
    detail: link.detail,
    linked_at: now,
  }));
  await database.query({
    name: "save links",
    text: `insert into links (contract_id, destination, record_id, found_by, certainty, detail,
        linked_at)
      select contract_id, destination, record_id, found_by, certainty, detail, linked_at
      from json_to_recordset($1::json) as row (contract_id text, destination text, record_id text,
        found_by text, certainty real, detail text, linked_at timestamptz)
      order by contract_id, destination
      on conflict (contract_id, destination) do update set record_id = excluded.record_id,
        found_by = excluded.found_by, certainty = excluded.certainty, detail = excluded.detail,
        linked_at = excluded.linked_at, removed = false,
        former_ids = case when links.record_id = excluded.record_id then links.former_ids else '{}' end
      where (links.record_id, links.found_by, links.detail, links.removed)
        is distinct from (excluded.record_id, excluded.found_by, excluded.detail, false)`,
    values: [JSON.stringify(rows)],
  });
  return given.map(() => undefined);
});

/**
 * Ties to a record whatever is tied to those that were merged into it. Each tie is otherwise as it was, also one that
 * was taken away; and it keeps the former ids, so that whoever names the record by one of them is understood.
 */
export async function retieLinks(
  store: Store,
  destination: string,
  { recordId, formerIds }: { recordId: string; formerIds: readonly string[] },
): Promise<void> {
  await store.database.query(
    `with tied as (
       select contract_id from links where destination = $1 and record_id = any($3::text[])
       order by contract_id for update)
     update links set record_id = $2, former_ids =
       array(select unnest(links.former_ids) union select unnest($4::text[]) order by 1)
     from tied where links.destination = $1 and links.contract_id = tied.contract_id`,
    [destination, recordId, [recordId, ...formerIds], formerIds],
  );
}

/** Takes a tie away for good, until a person makes another: false where there was none. */
export async function removeLink(
  store: Store,
  { contractId, destination, detail }: Omit<Unlinked, "recordId">,
): Promise<boolean> {
  const { rowCount } = await store.database.query(
    `update links set removed = true, found_by = 'person', detail = $3, linked_at = $4
     where contract_id = $1 and destination = $2 and not removed`,
    [contractId, destination, detail, store.now()],
  );
  return rowCount === 1;
}
