import { openStatuses, type ContractStatus } from "@countersign/core";
import { isOpenText, toStored, type ContractRow, type StoredContract } from "./contracts.ts";
import type { Reader } from "./database.ts";
import { splitWords } from "./words.ts";

/**
 * The contracts that a person sent, or whose deal they own, in these states and changed since then, the
 * latest changed first. Of open ones there are few, whoever has sent how many: these are found among the open.
 */
export async function readContractsOf(
  { database }: Reader,
  email: string,
  { statuses, changedSince }: { statuses: readonly ContractStatus[]; changedSince?: Date },
  limit: number,
): Promise<StoredContract[]> {
  const isOpen = statuses.every((status) => openStatuses.has(status));
  const { rows } = await database.query<ContractRow>({
    name: `read ${isOpen ? "open " : ""}contracts of a person`,
    text: isOpen ? openText : anyText,
    values: [email, statuses, changedSince ?? new Date(0), limit],
  });
  return rows.map(toStored);
}

const bySender = "lower(state -> 'sender' ->> 'email') = lower($1)";
const byDeal = `links.contract_id = contracts.id and not links.removed
  join deals using (destination, record_id)
  where lower(deals.owner_email) = lower($1)`;
const fitting = "version > 0 and status = any($2) and changed_at >= $3";

const openText = `select state, version, changed_at from contracts where id in (
    select id from contracts where ${bySender} and ${fitting} and ${isOpenText}
    union
    select id from contracts join links on ${byDeal} and ${fitting})
  order by changed_at desc, id limit $4`;

const anyText = `select state, version, changed_at from contracts where id in (
    (select id from contracts where ${bySender} and ${fitting}
      order by changed_at desc limit $4)
    union
    (select id from contracts join links on ${byDeal} and ${fitting}
      order by changed_at desc limit $4))
  order by changed_at desc, id limit $4`;

/**
 * The contracts that are out for signature with a person among the recipients, the latest changed first.
 * The words of the address find them: they stand in the index of words, and few contracts are out.
 */
export async function readContractsWith(
  { database }: Reader,
  email: string,
  limit: number,
): Promise<StoredContract[]> {
  const words = splitWords(email).map((word) => `'${word}'`);
  if (words.length === 0) return [];
  const { rows } = await database.query<ContractRow>({
    name: "read contracts with a person",
    text: `select state, version, changed_at from contracts
      where version > 0 and status in ('sent', 'viewed', 'partially_signed')
        and words @@ $1::tsquery and exists (
          select from jsonb_array_elements(state -> 'recipients') as recipient
          where lower(recipient ->> 'email') = lower($2))
      order by changed_at desc, id limit $3`,
    values: [words.join(" & "), email, limit],
  });
  return rows.map(toStored);
}
