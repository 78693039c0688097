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
    return lockOn(await database.connect(), () => {
      current = null;
    });
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
      last?.giveBack();
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

/** A connection that holds locks. */
type LockConnection = {
  /** To its pool, where it may serve others. */
  giveBack: () => void;
  take: (name: string) => Promise<boolean>;
  free: (name: string) => Promise<void>;
};

/**
 * Many locks are let go and taken in one statement, one statement after the other on the one connection. A
 * statement that fails leaves us not knowing what we hold: the connection is thrown away, and all with it.
 */
function lockOn(connection: Connection, onLost: () => void): LockConnection {
  let isOurs = true;
  const letGo = (broken?: Error) => {
    if (!isOurs) return;
    isOurs = false;
    connection.removeListener("error", onBroken);
    connection.release(broken);
  };
  const onBroken = (error: unknown) => {
    if (isOurs) onLost();
    letGo(error instanceof Error ? error : new Error("Locks were lost.", { cause: error }));
  };
  connection.once("error", onBroken);
  const ask = gather(
    async (asked: { want: "take" | "free"; name: string }[]) => {
      const namesOf = (wanted: string) =>
        asked.filter(({ want }) => want === wanted).map(({ name }) => name);
      try {
        const got = await freeAndTake(connection, namesOf("free"), namesOf("take"));
        return asked.map(({ want, name }) => ({
          status: "fulfilled",
          value: want === "free" || got.has(name),
        }));
      } catch (error) {
        onBroken(error);
        throw error;
      }
    },
    {
      atOnce: 1,
      largest: 200,
      // What is let go goes with the next that is taken; nobody waits for it.
      apart: { milliseconds: 10, hurries: ({ want }) => want === "take" },
    },
  );
  return {
    giveBack: () => letGo(),
    take: (name) => ask({ want: "take", name }),
    free: (name) => ask({ want: "free", name }).then(ignore, ignore),
  };
}

function ignore(): void {}

/** The names that were taken. All are freed first: PostgreSQL appends the second half when it has done the first. */
async function freeAndTake(
  connection: Connection,
  free: string[],
  take: string[],
): Promise<Set<string>> {
  const { rows } = await connection.query<{ taken: string | null }>({
    name: "free and take locks",
    text: `select case when pg_advisory_unlock(hashtextextended(name, 0)) then null end as taken
        from unnest($1::text[]) as held (name)
      union all
      select case when pg_try_advisory_lock(hashtextextended(name, 0)) then name end
        from unnest($2::text[]) as asked (name)`,
    values: [free, take],
  });
  return new Set(rows.flatMap(({ taken }) => (taken === null ? [] : [taken])));
}
