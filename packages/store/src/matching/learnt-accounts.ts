import type { Reader } from "../database.ts";
import type { Store } from "../store.ts";

/** A CRM's account that a counterparty's e-mail domain stands for, since a person chose one of its deals. */
export type LearntAccount = { domain: string; accountId: string; accountName: string | null };

/** What is known of these domains. */
export async function readLearnt(
  { database }: Reader,
  destination: string,
  domains: readonly string[],
): Promise<LearntAccount[]> {
  if (domains.length === 0) return [];
  const { rows } = await database.query<{
    domain: string;
    account_id: string;
    account_name: string | null;
  }>(
    `select domain, account_id, account_name from learnt_accounts
     where destination = $1 and domain = any($2::text[]) order by domain`,
    [destination, domains],
  );
  return rows.map((row) => ({
    domain: row.domain,
    accountId: row.account_id,
    accountName: row.account_name,
  }));
}

/** Keeps what the choice for a contract taught; the latest choice for a domain holds. True where that is news. */
export async function learnAccounts(
  store: Store,
  destination: string,
  contractId: string,
  learnt: readonly LearntAccount[],
): Promise<boolean> {
  if (learnt.length === 0) return false;
  const { rowCount } = await store.database.query(
    `insert into learnt_accounts (destination, domain, account_id, account_name, contract_id, learnt_at)
     select $1, domain, account_id, account_name, $2, $4
     from json_to_recordset($3::json) as row (domain text, account_id text, account_name text)
     order by domain
     on conflict (destination, domain) do update set account_id = excluded.account_id,
       account_name = excluded.account_name, contract_id = excluded.contract_id,
       learnt_at = excluded.learnt_at
     where learnt_accounts.account_id <> excluded.account_id`,
    [
      destination,
      contractId,
      JSON.stringify(
        learnt.map(({ domain, accountId, accountName }) => ({
          domain,
          account_id: accountId,
          account_name: accountName,
        })),
      ),
      store.now(),
    ],
  );
  return (rowCount ?? 0) > 0;
}

/** Forgets what the choice for a contract taught, since it was taken back. */
export async function forgetLearnt(
  store: Store,
  destination: string,
  contractId: string,
): Promise<void> {
  await store.database.query(
    "delete from learnt_accounts where destination = $1 and contract_id = $2",
    [destination, contractId],
  );
}
