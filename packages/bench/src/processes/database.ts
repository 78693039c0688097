import { chmod, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { startPostgres } from "@countersign/postgres";
import pg from "pg";
import { folder, removeLeftOvers } from "./left-overs.ts";

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
