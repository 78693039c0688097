import pg from "pg";
import { PatientClient } from "./patient-client.ts";

export type Database = pg.Pool;

/** A connection on which statements of one transaction run. */
export type Connection = pg.PoolClient;

/** Whatever can be read through: a store, or a reader of its own. */
export type Reader = { database: Database };

export type DatabaseOptions = {
  /** PostgreSQL URL, with its password. */
  url: string;
  /** Every table of ours lives in it. */
  schema: string;
  /** Names the connections in pg_stat_activity. */
  applicationName: string;
  maxConnections: number;
  /** Nobody waits for the disk: what a crash of PostgreSQL takes is found again. */
  forgetful?: boolean;
};

/**
 * Our statements look up by key, and named ones keep their plan. One that was made while the tables were
 * empty must not read them from end to end when they have grown.
 */
const planning = "-c enable_seqscan=off -c jit=off";

/** A connection that nobody needed for so long is closed. */
const idleMilliseconds = 600_000;

const unflushed = "-c synchronous_commit=off";

/**
 * Has PostgreSQL end a session, and with it its locks, half a minute after its machine, or the way to it, is gone
 * without a word. By itself it asks after two hours.
 */
export const keepalive = [
  "-c tcp_keepalives_idle=10",
  "-c tcp_keepalives_interval=5",
  "-c tcp_keepalives_count=3",
  "-c tcp_user_timeout=25000",
].join(" ");

/** A pool whose connections see our schema first. A statement is given up after ten seconds, a connection after three. */
export function openDatabase(options: DatabaseOptions, onError: (error: Error) => void): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.maxConnections,
    connectionTimeoutMillis: 3_000,
    statement_timeout: 10_000,
    Client: PatientClient,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // A new connection signs in and plans every statement anew: closed after ten idle seconds, as they are by default,
    // many of a crowd's were opened again at once, and everybody waited.
    idleTimeoutMillis: idleMilliseconds,
    idle_in_transaction_session_timeout: 30_000,
    options: `-c search_path=${options.schema} ${keepalive} ${planning}${options.forgetful ? ` ${unflushed}` : ""}`,
  });
  pool.on("error", onError);
  // A connection that breaks while it is lent out says so itself; unheard, that would end the process.
  pool.on("connect", (connection) => connection.on("error", onError));
  return pool;
}

/**
 * Runs `work` in one transaction: committed when it returns, rolled back when it throws. A connection that holds the
 * plan of a table as it was before a migration is thrown away: it would refuse that statement for good.
 */
export async function inTransaction<Result>(
  database: Database,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const connection = await database.connect();
  try {
    await connection.query("begin");
    const result = await work(connection);
    await connection.query("commit");
    connection.release();
    return result;
  } catch (error) {
    await connection.query("rollback").then(
      () => connection.release(isOutOfDate(error)),
      (broken: unknown) => connection.release(broken instanceof Error ? broken : true),
    );
    throw error;
  }
}

/** "cached plan must not change result type": a prepared statement's table has got another column. */
export function isOutOfDate(error: unknown): boolean {
  return sqlStateOf(error) === "0A000";
}

/** PostgreSQL's code of an error, such as 23505; "" for any other error. */
export function sqlStateOf(error: unknown): string {
  if (!(error instanceof Error) || !("code" in error)) return "";
  return typeof error.code === "string" && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : "";
}
