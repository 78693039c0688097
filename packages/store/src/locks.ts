import type { Connection, Database } from "./database.ts";
import { gather } from "./gather.ts";

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
  let current: Promise<LockConnection> | null = null;

  async function open(): Promise<LockConnection> {
    const connection = await database.connect();
    connection.once("error", (error) => {
      current = null;
      connection.release(error);
    });
    return lockOn(connection);
  }

  async function connect(): Promise<LockConnection> {
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
      const last = await current?.catch(() => undefined);
      current = null;
      last?.connection.release();
    },
  };
}

async function workUnderLock<Result>(
  { take, free }: LockConnection,
  name: string,
  work: () => Promise<Result>,
): Promise<Result | null> {
  if (!(await take(name))) return null;
  try {
    return await work();
  } finally {
    await free(name);
  }
}

/** A connection that holds locks. Many are taken and let go in one statement. */
type LockConnection = {
  connection: Connection;
  take: (name: string) => Promise<boolean>;
  free: (name: string) => Promise<void>;
};

const limits = { atOnce: 1, largest: 200 };

function lockOn(connection: Connection): LockConnection {
  const take = gather(async (names: string[]) => {
    const { rows } = await connection.query<{ got: boolean }>({
      name: "take locks",
      text: `select pg_try_advisory_lock(hashtextextended(name, 0)) as got
        from unnest($1::text[]) with ordinality as asked (name, n) order by n`,
      values: [names],
    });
    return rows.map(({ got }) => ({ status: "fulfilled", value: got }));
  }, limits);
  const free = gather(async (names: string[]) => {
    await connection.query({
      name: "free locks",
      text: "select pg_advisory_unlock(hashtextextended(name, 0)) from unnest($1::text[]) as held (name)",
      values: [names],
    });
    return names.map(() => ({ status: "fulfilled", value: undefined }));
  }, limits);
  // Where letting go fails, the connection is broken and the lock gone with it.
  return { connection, take, free: (name) => free(name).catch(() => undefined) };
}
