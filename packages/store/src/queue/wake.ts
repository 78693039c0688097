import { inTransaction } from "../database.ts";
import type { Store } from "../store.ts";
import { wakeupsFor } from "./queue.ts";

/**
 * Asks a destination to look at contracts again although they have not changed: a person linked a deal, a
 * rule is another, a snooze has ended. Nothing where the destination has no queue yet.
 */
export async function wake(
  store: Store,
  destination: string,
  contractIds: readonly string[],
): Promise<void> {
  if (contractIds.length === 0) return;
  if ((await store.queue.getQueue(destination)) === null) return;
  await inTransaction(store.database, async (connection) => {
    await connection.query(
      `insert into followed (destination, contract_id, version, asked, followed_at)
       select $1, id, 0, 1, $3 from unnest($2::text[]) as asked (id) order by id
       on conflict (destination, contract_id) do update set asked = followed.asked + 1`,
      [destination, contractIds, store.now()],
    );
    const executeSql = (text: string, values?: unknown[]) => connection.query(text, values);
    await store.queue.insert(destination, wakeupsFor(contractIds), { db: { executeSql } });
    for (const { text, values } of store.changes.announcement) {
      await connection.query(text, values);
    }
  });
}
