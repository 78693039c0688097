import type { Log } from "./log.ts";
import { SettingsError } from "./settings/problem.ts";

/** Ends the app from within: something that it cannot do without has failed for good. */
export type Fail = (error: unknown) => void;

/**
 * Runs an app until it is told to stop. `start` opens everything and returns what closes it; SIGTERM and
 * SIGINT close it and the process exits 0. What cannot start, or fails for good, is said and exits 1.
 */
export async function run(
  log: Log,
  start: (fail: Fail) => Promise<AsyncDisposable>,
): Promise<void> {
  const failure = Promise.withResolvers<never>();
  const stopped = Promise.race([nextSignal(), failure.promise]);
  stopped.catch(() => undefined);
  try {
    await using _running = await start(failure.reject);
    log.info("started");
    const signal = await stopped;
    log.info({ signal }, "stopping");
  } catch (error) {
    if (error instanceof SettingsError) process.stderr.write(`${error.message}\n`);
    else log.fatal({ error }, "cannot run");
    process.exitCode = 1;
    return;
  }
  log.info("stopped");
}

function nextSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const)
      process.once(signal, () => resolve(signal));
  });
}
