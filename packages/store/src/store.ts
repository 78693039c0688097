import type { BackendProfile } from "pg-boss";
import { openDatabase, type Database, type Reader } from "./database.ts";
import { openLocks, type Locks } from "./locks.ts";
import { openChanges, type Changes } from "./changes.ts";
import { openClock, type Clock } from "./clock.ts";
import type { FaultPoint } from "./fault-points.ts";
import { migrate } from "./migrate.ts";
import { openQueue, queueSchema, topic, type Queue } from "./queue/queue.ts";
import { openSubscribers } from "./queue/subscribers.ts";
import {
  defaultRecording,
  openRecording,
  type Recorder,
  type RecordingOptions,
} from "./recording/record.ts";

export type StoreOptions = {
  /** PostgreSQL URL, with its password. */
  url: string;
  /** Names the app's connections in pg_stat_activity. */
  applicationName: string;
  /** Every table of ours lives in it; pg-boss has `<schema>_queue` beside it. */
  schema?: string;
  backend?: BackendProfile;
  maxConnections?: number;
  /** Whether this process may set off what is due by schedule; off unless it is said. */
  schedules?: boolean;
  recording?: Partial<RecordingOptions>;
  /** Called at each fault point, where a drill may end the process. */
  onPoint?: (point: FaultPoint) => void;
  /** A connection broke between statements; the pool replaces it by itself. */
  onError?: (error: Error) => void;
  /** Instead of PostgreSQL's clock. */
  now?: () => Date;
  /** Instead of this machine's clock. */
  wall?: () => Date;
};

/** What is kept, and the queue beside it. Closed by `await using` or `close()`. */
export type Store = AsyncDisposable & {
  database: Database;
  queue: Queue;
  /**
   * For what a look leaves behind: effects settled, the version followed, jobs taken and ended. Nothing of it
   * waits for the disk. A crash of PostgreSQL loses it from some moment on, never the earlier without the
   * later: then the job is taken once more, and the look asks the outside what became of its calls.
   */
  bookkeeping: Database;
  locks: Locks;
  changes: Changes;
  schema: string;
  now: () => Date;
  /** This machine's own clock. It may be wrong, and be set, but goes on while the machine is suspended. */
  wall: () => Date;
  /** Says that the work has got to a fault point. */
  reach: (point: FaultPoint) => void;
  /** Takes deliveries in, many at a time. */
  recording: Recorder;
  close(): Promise<void>;
};

const defaultSchema = "countersign";

/** Opens the database, brings its schema up to date and starts the queue. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const schema = options.schema ?? defaultSchema;
  if (!/^[a-z_][a-z0-9_]{0,40}$/.test(schema)) {
    throw new Error(
      `The schema name "${schema}" may hold only a-z, 0-9 and _, and at most 41 characters.`,
    );
  }
  const onError = options.onError ?? (() => undefined);
  const { url, applicationName } = options;
  const backend = options.backend ?? "postgres";
  const maxConnections = options.maxConnections ?? 8;
  const database = openDatabase({ url, schema, applicationName, maxConnections }, onError);
  const bookkeeping = openDatabase(
    { url, schema, applicationName, maxConnections: 6, forgetful: true },
    onError,
  );
  let clock: Clock | undefined;
  try {
    await migrate(url, schema);
    clock = await openClock(database);
    const now = options.now ?? clock.now;
    const wall = options.wall ?? (() => new Date());
    const { schedules = false } = options;
    const queue = await openQueue({ url, schema, applicationName, backend, schedules }, onError);
    const locks = openLocks(database);
    const changes = openChanges({ database, bookkeeping, schema, canNotify: canNotify(backend) });
    const reach = options.onPoint ?? (() => undefined);
    const destinations = openSubscribers(database, queueSchema(schema), topic);
    const recording = openRecording(
      { database, queue, destinations, changes, now, reach },
      { ...defaultRecording, ...options.recording },
    );
    const close = async () => {
      clock?.stop();
      await queue.stop({ graceful: true, timeout: 10_000 });
      await locks.close();
      await changes.close();
      await bookkeeping.end();
      await database.end();
    };
    const kept = { database, bookkeeping, queue, locks, changes, recording };
    return { ...kept, schema, now, wall, reach, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    clock?.stop();
    await bookkeeping.end();
    await database.end();
    throw error;
  }
}

/** CockroachDB and YugabyteDB have no LISTEN and NOTIFY: there, changes are found by looking every second. */
function canNotify(backend: BackendProfile): boolean {
  return backend === "postgres" || backend === "citus";
}

/** Reads what is kept, without a queue and without changing the schema: for the command line. */
export function openReader(
  options: Pick<StoreOptions, "url" | "applicationName" | "schema">,
): Reader & AsyncDisposable {
  const { url, applicationName, schema = defaultSchema } = options;
  const database = openDatabase(
    { url, schema, applicationName, maxConnections: 2 },
    () => undefined,
  );
  return { database, [Symbol.asyncDispose]: () => database.end() };
}

/** Resolves while database and queue can be reached; rejects where one cannot. */
export async function ping(store: Store): Promise<void> {
  await Promise.all([store.database.query("select 1"), store.queue.getDb().executeSql("select 1")]);
}
