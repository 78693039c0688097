import { resolve } from "node:path";
import { PostgresError } from "@countersign/postgres";
import { banner } from "./banner.ts";
import { readConfig } from "./config.ts";
import { followParent } from "./follow-parent.ts";
import { launch, type Running } from "./launch.ts";
import { LaunchError } from "./launch-error.ts";

/** npm passes Ctrl-C on although the terminal has already sent it: within this time it is the same one. */
const sameSignalMs = 1000;

const root = resolve(import.meta.dirname, "../../..");
const given = new AbortController();
let running: Running | undefined;
let stoppingSince: number | undefined;

// A terminal that is gone must not keep everything from stopping in order.
for (const output of [process.stdout, process.stderr]) output.on("error", () => undefined);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
followParent(() => {
  if (stoppingSince === undefined) onSignal();
});
await main();

async function main(): Promise<void> {
  const started = performance.now();
  try {
    const { home, ports } = readConfig(process.env, root);
    say("Starting Countersign …");
    const options = { root, home, ports, env: process.env, onLine: say, signal: given.signal };
    running = await launch(options);
    const { database } = running;
    const seconds = (performance.now() - started) / 1000;
    say(banner({ root, home, ports, env: process.env, database, seconds }));
    if (given.signal.aborted) await stop(running);
  } catch (error) {
    if (given.signal.aborted) say("Stopped.");
    else fail(error);
  }
}

function onSignal(): void {
  if (stoppingSince !== undefined) {
    if (performance.now() - stoppingSince < sameSignalMs) return;
    say("Ending everything at once.");
    running?.killNow();
    process.exit(130);
  }
  stoppingSince = performance.now();
  say("\nStopping: work under way is finished first (Ctrl-C again ends it at once) …");
  given.abort();
  if (running !== undefined) void stop(running);
}

async function stop(all: Running): Promise<void> {
  await all.stop();
  say("Stopped.");
  process.exit(0);
}

function fail(error: unknown): void {
  const expected = error instanceof LaunchError || error instanceof PostgresError;
  process.stderr.write(
    `${expected ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exitCode = 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
