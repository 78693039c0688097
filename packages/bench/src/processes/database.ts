import { chmod, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { startPostgres } from "@countersign/postgres";
import pg from "pg";
import { folder, removeLeftOvers } from "./left-overs.ts";

/** 1 GB in files of 16 MB. */
const logFiles = 64;

/** A PostgreSQL of the bench's own, as durable as the one of `npm start`. Its data goes with it. */
export type BenchDatabase = AsyncDisposable & {
  url: string;
  /** A folder for what the run needs beside the data. */
  home: string;
  pool: pg.Pool;
  machine: { version: string; fsync: string; synchronousCommit: string };
};

export async function openBenchDatabase(signal: AbortSignal): Promise<BenchDatabase> {
  await using opened = new AsyncDisposableStack();
  await removeLeftOvers();
  const home = join(folder, `bench-${process.pid}`);
  await mkdir(home, { recursive: true });
  // As root, PostgreSQL runs as another user, who must be able to enter.
  await chmod(home, 0o755);
  opened.defer(() => rm(home, { recursive: true, force: true }));
  const dataDir = join(home, "postgres");
  const postgres = opened.use(await startPostgres({ dataDir, durable: true, removeOnStop: true }));
  const cutOff = () => void postgres.stop().catch(() => undefined);
  signal.addEventListener("abort", cutOff, { once: true });
  opened.defer(() => signal.removeEventListener("abort", cutOff));
  const pool = new pg.Pool({ connectionString: postgres.url, max: 5, application_name: "bench" });
  pool.on("error", () => undefined);
  opened.defer(() => pool.end());
  await fillLog(pool);
  const machine = {
    version: await setting(pool, "server_version"),
    fsync: await setting(pool, "fsync"),
    synchronousCommit: await setting(pool, "synchronous_commit"),
  };
  const kept = opened.move();
  return {
    url: postgres.url,
    home,
    pool,
    machine,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

async function setting(pool: pg.Pool, name: string): Promise<string> {
  const { rows } = await pool.query<{ value: string }>("select current_setting($1) as value", [
    name,
  ]);
  return rows[0]?.value ?? "unknown";
}

/**
 * As many files of the write-ahead log as `min_wal_size` keeps. A database that has run for a while uses them again;
 * a new one makes each first, 16 MB every 0.7 s at 1,000 contracts a second, and all commits wait for that.
 */
async function fillLog(pool: pg.Pool): Promise<void> {
  for (let file = 0; file < logFiles; file += 1) {
    await pool.query("select pg_create_restore_point('bench')");
    await pool.query("select pg_switch_wal()");
  }
  await pool.query("checkpoint");
}
