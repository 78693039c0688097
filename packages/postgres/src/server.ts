import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { executable } from "./binaries.ts";
import { type Cluster, superuser } from "./cluster.ts";
import { PostgresError } from "./postgres-error.ts";
import { type RunAs, serverEnvironment } from "./run.ts";

export type ServerOptions = {
  binaries: string;
  cluster: Cluster;
  port: number;
  durable: boolean;
  runAs: RunAs;
  onLog: (line: string) => void;
};

export type Server = { url: string; pid: number; exited: Promise<void>; stop(): Promise<void> };

const readyWithinMs = 60_000;
const stopWithinMs = 20_000;

/** Starts the server and waits until it answers a query. Throws `PostgresError` with what its log says. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const child = spawn(executable(options.binaries, "postgres"), serverArguments(options), {
    ...options.runAs,
    cwd: options.cluster.dir,
    env: serverEnvironment,
    stdio: ["ignore", "ignore", "pipe"],
    // Out of the terminal's process group: Ctrl-C must reach the database last, from its owner.
    detached: options.durable,
  });
  const log = followLog(child, options.onLog);
  const exited = once(child, "exit").then(
    () => undefined,
    () => undefined,
  );
  const stopWithUs = (): boolean => child.kill("SIGINT");
  process.once("exit", stopWithUs);
  void exited.finally(() => process.removeListener("exit", stopWithUs));
  const url = `postgres://${superuser}:${options.cluster.password}@127.0.0.1:${options.port}/postgres`;
  const ready = await Promise.race([waitUntilReady(url, child), exited.then(() => false)]);
  if (!ready || child.pid === undefined) {
    await stopChild(child, exited);
    throw failure(log(), options);
  }
  return { url, pid: child.pid, exited, stop: async () => stopChild(child, exited) };
}

/**
 * PostgreSQL's defaults are for a small machine at rest. Each checkpoint makes it write whole pages to the log again,
 * and 1 GB of log is full after 45 s at 1,000 contracts a second; what it has once written there it is to use again, for
 * every commit waits while a new file of it is made. What backends write is to go to the disk as it comes: the kernel
 * keeps it for half a minute and then holds up every commit for a second.
 */
const forMuch = ["max_wal_size=4GB", "min_wal_size=1GB", "backend_flush_after=256kB"];
const forTests = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

function serverArguments({ cluster, port, durable }: ServerOptions): string[] {
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    ...(durable ? forMuch : forTests),
  ];
  return ["-D", cluster.dir, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])];
}

/** Passes every line on and answers the latest ones when asked. */
function followLog(child: ChildProcess, onLog: (line: string) => void): () => string[] {
  const latest: string[] = [];
  child.stderr?.on("data", (chunk: Buffer) => {
    for (const line of chunk.toString().split("\n").filter(Boolean)) {
      latest.push(line);
      onLog(line);
    }
    latest.splice(0, latest.length - 50);
  });
  return () => latest;
}

async function waitUntilReady(url: string, child: ChildProcess): Promise<boolean> {
  const deadline = performance.now() + readyWithinMs;
  while (child.exitCode === null && child.signalCode === null && performance.now() < deadline) {
    if (await answers(url)) return true;
    await sleep(25);
  }
  return false;
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** SIGINT is PostgreSQL's fast shutdown: clients are cut off, the data is flushed. */
async function stopChild(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.kill("SIGINT");
  const timer = setTimeout(() => child.kill("SIGKILL"), stopWithinMs);
  await exited;
  clearTimeout(timer);
}

function failure(log: string[], { port, cluster }: ServerOptions): PostgresError {
  const text = log.join("\n");
  if (text.includes("could not bind") || text.includes("could not create any TCP/IP sockets")) {
    return new PostgresError(
      "port-in-use",
      `Port ${port} for PostgreSQL is in use. Stop the program that uses it, or choose another port.`,
    );
  }
  if (text.includes("database files are incompatible")) {
    return new PostgresError(
      "data-incompatible",
      `The data in ${cluster.dir} belongs to another version of PostgreSQL. Move that folder away to start with an empty database.`,
    );
  }
  const reason = log.findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? log.at(-1);
  return new PostgresError(
    "start-failed",
    `PostgreSQL in ${cluster.dir} did not start: ${reason ?? "it said nothing"}`,
  );
}
