import { readdir, readFile } from "node:fs/promises";
import pg from "pg";
import { keepalive } from "./database.ts";
import { isUnreachable } from "./unreachable.ts";

const folder = new URL("migrations/", import.meta.url);

/**
 * Brings the schema up to date: each file of `migrations/` once, in the order of its number, each in a
 * transaction of its own. Apps that start together wait for each other on a lock, which ends with the
 * connection. Rejects as `isUnreachable` knows it where the connection is lost.
 */
export async function migrate(url: string, schema: string): Promise<void> {
  const connection = new pg.Client({
    connectionString: url,
    application_name: "countersign migrations",
    connectionTimeoutMillis: 3_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    options: `-c search_path=${schema} ${keepalive}`,
  });
  // A connection that breaks says so itself, beside its query; unheard, that would end the process.
  connection.on("error", () => undefined);
  await connection.connect();
  try {
    await connection.query("select pg_advisory_lock(hashtextextended($1, 0))", [lockName(schema)]);
    await connection.query(`create schema if not exists ${schema}`);
    await connection.query(
      "create table if not exists migrations (name text primary key, applied_at timestamptz not null)",
    );
    for (const name of await missingMigrations(connection)) await apply(connection, name);
  } finally {
    await connection.end();
  }
}

function lockName(schema: string): string {
  return `countersign migrations ${schema}`;
}

async function missingMigrations(connection: pg.Client): Promise<string[]> {
  const { rows } = await connection.query<{ name: string }>("select name from migrations");
  const applied = new Set(rows.map((row) => row.name));
  const files = (await readdir(folder)).filter((name) => name.endsWith(".sql")).toSorted();
  return files.filter((name) => !applied.has(name));
}

async function apply(connection: pg.Client, name: string): Promise<void> {
  const sql = await readFile(new URL(name, folder), "utf8");
  try {
    await connection.query("begin");
    await connection.query(sql);
    await connection.query("insert into migrations (name, applied_at) values ($1, now())", [name]);
    await connection.query("commit");
  } catch (error) {
    if (isUnreachable(error)) throw error;
    await connection.query("rollback");
    throw new Error(`Migration ${name} failed; nothing of it was applied.`, { cause: error });
  }
}
