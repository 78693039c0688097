import type { Database } from "./database.ts";

/**
 * What `work` returns, done while nobody else works on the same thing in any process; null, undone, where
 * somebody does. The lock ends with its connection, so a process that is killed holds nothing up.
 */
export async function whileAlone<Result>(
  database: Database,
  name: string,
  work: () => Promise<Result>,
): Promise<Result | null> {
  const connection = await database.connect();
  let broken: Error | undefined;
  try {
    const { rows } = await connection.query<{ got: boolean }>(
      "select pg_try_advisory_lock(hashtextextended($1, 0)) as got",
      [name],
    );
    if (!rows[0]?.got) return null;
    try {
      return await work();
    } finally {
      await connection
        .query("select pg_advisory_unlock(hashtextextended($1, 0))", [name])
        .catch((error: unknown) => {
          broken ??= error instanceof Error ? error : new Error("unlock failed");
        });
    }
  } finally {
    connection.release(broken);
  }
}
