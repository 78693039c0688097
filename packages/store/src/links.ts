import type { Reader } from "./database.ts";
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
};

type LinkRow = {
  contract_id: string;
  destination: string;
  record_id: string;
  found_by: Link["foundBy"];
  certainty: number;
  detail: string;
};

export async function readLinks(reader: Reader, contractId: string): Promise<Link[]> {
  const { rows } = await reader.database.query<LinkRow>(
    "select * from links where contract_id = $1 order by destination",
    [contractId],
  );
  return rows.map((row) => ({
    contractId: row.contract_id,
    destination: row.destination,
    recordId: row.record_id,
    foundBy: row.found_by,
    certainty: row.certainty,
    detail: row.detail,
  }));
}

/** Ties the contract to the record, instead of any other of that CRM. */
export async function saveLink(store: Store, link: Link): Promise<void> {
  await store.database.query(
    `insert into links (contract_id, destination, record_id, found_by, certainty, detail, linked_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (contract_id, destination) do update set record_id = excluded.record_id,
       found_by = excluded.found_by, certainty = excluded.certainty, detail = excluded.detail,
       linked_at = excluded.linked_at
     where (links.record_id, links.found_by, links.detail)
       is distinct from (excluded.record_id, excluded.found_by, excluded.detail)`,
    [
      link.contractId,
      link.destination,
      link.recordId,
      link.foundBy,
      link.certainty,
      link.detail,
      store.now(),
    ],
  );
}
