import { inTransaction, type Connection, type Reader } from "./database.ts";

/** Deliveries forgotten in one transaction, so that none takes long, even where each carries a file of megabytes. */
const forgottenAtOnce = 200;

/**
 * Forgets what deliveries from before that time said: bodies, headers, files. Their digests, the facts they
 * proved and when they came stay. Returns how many were forgotten.
 */
export async function forgetDeliveries({ database }: Reader, before: Date): Promise<number> {
  let forgotten = 0;
  for (;;) {
    const some = await inTransaction(database, (connection) => forgetSome(connection, before));
    forgotten += some;
    if (some < forgottenAtOnce) return forgotten;
  }
}

/** Receivers that forget at the same time leave each other's deliveries alone. */
async function forgetSome(connection: Connection, before: Date): Promise<number> {
  const { rows } = await connection.query<{ id: string }>(
    `update deliveries set body = null, headers = '{}', query = '{}' where id in
       (select id from deliveries where received_at < $1 and body is not null
          and not exists (select 1 from unread where delivery_id = deliveries.id)
        order by received_at limit $2 for update skip locked)
     returning id`,
    [before, forgottenAtOnce],
  );
  await forgetFiles(
    connection,
    rows.map(({ id }) => id),
  );
  return rows.length;
}

/** A file goes with the last delivery that carries it. */
async function forgetFiles(connection: Connection, deliveryIds: string[]): Promise<void> {
  const { rows } = await connection.query<{ digest: Buffer }>(
    "delete from delivery_files where delivery_id = any($1::bigint[]) returning digest",
    [deliveryIds],
  );
  if (rows.length === 0) return;
  await connection.query(
    `delete from files where digest = any($1::bytea[]) and not exists
       (select 1 from delivery_files where delivery_files.digest = files.digest)`,
    [rows.map(({ digest }) => digest)],
  );
}
