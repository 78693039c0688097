import type { Connection, Database } from "./database.ts";

/** Keeps two workers off the same thing, in whatever processes they are. */
export type Locks = {
  /** What `work` returns, done while nobody else works on `name`; null, undone, where somebody does. */
  whileAlone<Result>(name: string, work: () => Promise<Result>): Promise<Result | null>;
  close(): Promise<void>;
};

/**
 * Advisory locks, all on one connection, so that many of them leave the pool to the queries. They end with
 * the connection: a process that is killed holds nothing up.
 */
export function openLocks(database: Database): Locks {
  const held = new Set<string>();
  let current: Promise<Connection> | null = null;

  async function open(): Promise<Connection> {
    const connection = await database.connect();
    connection.once("error", (error) => {
      current = null;
      connection.release(error);
    });
    return connection;
  }

  async function connect(): Promise<Connection> {
    current ??= open();
    try {
      return await current;
    } catch (error) {
      current = null;
      throw error;
    }
  }

  return {
    async whileAlone(name, work) {
      // One connection may take its own lock again, so those of this process are told apart here.
      if (held.has(name)) return null;
      held.add(name);
      try {
        return await workUnderLock(await connect(), name, work);
      } finally {
        held.delete(name);
      }
    },
    async close() {
      const connection = await current?.catch(() => undefined);
      current = null;
      connection?.release();
    },
  };
}

async function workUnderLock<Result>(
  connection: Connection,
  name: string,
  work: () => Promise<Result>,
): Promise<Result | null> {
  if (!(await take(connection, name))) return null;
  try {
    return await work();
  } finally {
    await free(connection, name);
  }
}

async function take(connection: Connection, name: string): Promise<boolean> {
  const { rows } = await connection.query<{ got: boolean }>(
    "select pg_try_advisory_lock(hashtextextended($1, 0)) as got",
    [name],
  );
  return rows[0]?.got === true;
}

/** Where that fails, the connection is broken and the lock gone with it. */
async function free(connection: Connection, name: string): Promise<void> {
  await connection
    .query("select pg_advisory_unlock(hashtextextended($1, 0))", [name])
    .catch(() => undefined);
}
