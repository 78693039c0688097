import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  isAlive,
  type Postgres,
  PostgresError,
  type PostgresOptions,
  startPostgres,
} from "@countersign/postgres";
import { Client } from "pg";
import { LaunchError } from "./launch-error.ts";
import { defaultDelayMs, type LaunchOptions } from "./launch-options.ts";
import { type Part, type Supervised, supervise } from "./supervise.ts";

/** The database that the apps share. The embedded one has a process; one of `DATABASE_URL` is somebody else's. */
export type Database = {
  url: string;
  embedded?: {
    port: number;
    dataDir: string;
    /** Why that is not the folder asked for, if it is not. */
    movedBecause: string | undefined;
    supervised: Supervised;
  };
  stop: () => Promise<void>;
};

/** The database of `DATABASE_URL`, or an embedded one in the home folder. */
export async function openDatabase(
  options: LaunchOptions,
  onStart: (pid: number) => void,
): Promise<Database> {
  const given = options.env["DATABASE_URL"];
  return given ? openGiven(given) : openEmbedded(options, onStart);
}

/** Starts the embedded database and keeps it running, on one port: the apps know it by its address. */
async function openEmbedded(
  { home, durable = true, onLine, firstDelayMs = defaultDelayMs }: LaunchOptions,
  onStart: (pid: number) => void,
): Promise<Database> {
  const fixed = { dataDir: join(home, "postgres"), durable, removeOnStop: false };
  const first = await startAfterLeftOver(fixed, onLine);
  const { url, port, dataDir, movedBecause } = first;
  let latest: Postgres | undefined = first;
  const supervised = await supervise({
    title: "database",
    onLine,
    onStart,
    firstDelayMs,
    start: async () => {
      const started = latest ?? (await startPostgres({ ...fixed, port }));
      latest = undefined;
      return asPart(started);
    },
  });
  await supervised.ready();
  return {
    url,
    embedded: { port, dataDir, movedBecause, supervised },
    stop: async () => {
      await supervised.stop();
      if (!durable) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Throws `LaunchError` when the database of `DATABASE_URL` does not answer; its password stays unsaid. */
async function openGiven(url: string): Promise<Database> {
  try {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
    client.on("error", () => undefined);
    await client.connect();
    await client.end();
  } catch (cause) {
    throw new LaunchError(
      `The database of DATABASE_URL does not answer (${describe(cause)}). Start it, correct the address, or unset DATABASE_URL to use the embedded one.`,
      { cause },
    );
  }
  return { url, stop: async () => undefined };
}

/** The home is claimed by this run, so a server that still uses its data was left by a launcher that was killed. */
async function startAfterLeftOver(
  options: PostgresOptions,
  onLine: (line: string) => void,
): Promise<Postgres> {
  try {
    return await startPostgres(options);
  } catch (error) {
    if (!(error instanceof PostgresError) || error.pid === undefined) throw error;
    onLine(`Stopping the PostgreSQL that an earlier run left (process ${error.pid}).`);
    process.kill(error.pid, "SIGINT");
    for (let waited = 0; waited < 200 && isAlive(error.pid); waited += 1) await sleep(100);
    return startPostgres(options);
  }
}

function asPart(postgres: Postgres): Part {
  return {
    pid: postgres.pid,
    ready: Promise.resolve(),
    exited: postgres.exited.then(() => "its process is gone"),
    kill: (signal) => void process.kill(postgres.pid, signal),
    stop: async () => postgres.stop(),
  };
}

/** An `AggregateError`, which node-postgres throws for a name with several addresses, has no message of its own. */
function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join(", ");
  return error instanceof Error ? error.message : String(error);
}
