import { inTransaction, type Connection, type Reader } from "../database.ts";
import { wakeWithin } from "../queue/wake.ts";
import type { Store } from "../store.ts";
import { findUnmatched } from "./candidates.ts";

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

/** Contracts that are looked at again for one choice. */
const most = 1_000;

/**
 * Keeps what the choice for a contract taught; the latest choice for a domain holds. Where that is news, others
 * that wait for a deal with one of the domains are looked at again: both are done or neither, since a second
 * try finds no news.
 */
export async function learnAccounts(
  store: Store,
  destination: string,
  contractId: string,
  learnt: readonly LearntAccount[],
): Promise<void> {
  if (learnt.length === 0) return;
  const domains = learnt.map(({ domain }) => domain);
  const isAsked = await inTransaction(store.database, async (connection) => {
    const isNews = await keepLearnt(connection, destination, contractId, learnt, store.now());
    if (!isNews) return false;
    const waiting = await findUnmatched(connection, destination, domains, most);
    const others = waiting.filter((other) => other !== contractId);
    return wakeWithin(store, connection, destination, others);
  });
  if (isAsked) store.changes.announce(destination);
}

async function keepLearnt(
  connection: Connection,
  destination: string,
  contractId: string,
  learnt: readonly LearntAccount[],
  now: Date,
): Promise<boolean> {
  const { rowCount } = await connection.query(
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
      now,
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
