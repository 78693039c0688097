import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type AppLog, type AppLogPorts, openAppLog } from "./app-log.ts";
import type { Environment } from "./config.ts";
import { LaunchError } from "./launch-error.ts";
import type { Part } from "./supervise.ts";

export type AppProcess = AppLogPorts & {
  title: string;
  /** The program's path. */
  entry: string;
  root: string;
  env: Environment;
  logFile: string;
  /** Answers 2xx when the app can do its work. */
  readyUrl: string;
  readyWithinMs: number;
  stopWithinMs: number;
};

const preload = fileURLToPath(new URL("follow-launcher.ts", import.meta.url));

/** Starts an app with this Node, in a process group of its own: Ctrl-C reaches it from the launcher alone, in order. */
export function startApp(app: AppProcess): Part {
  const log = openAppLog(app.logFile, app);
  const child = spawn(process.execPath, ["--import", preload, app.entry], {
    cwd: app.root,
    env: app.env,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    detached: true,
  });
  const exited = whenExited(child, log);
  const ready = whenReady(app, child, exited, log);
  ready.catch(() => undefined);
  return {
    pid: child.pid ?? 0,
    ready,
    exited,
    kill: (signal) => (signal === "SIGKILL" ? killGroup(child) : void child.kill(signal)),
    stop: async () => stop(child, exited, app.stopWithinMs),
  };
}

/** Settles with how the process ended, after its last output; what it started itself goes with it. */
async function whenExited(child: ChildProcess, log: AppLog): Promise<string> {
  const outputs = [child.stdout, child.stderr].filter((output) => output !== null);
  const followed = Promise.all(outputs.map(async (output) => log.follow(output)));
  try {
    await once(child, "exit");
    killGroup(child);
    await followed;
  } catch (error) {
    return String(error);
  } finally {
    log.close();
  }
  return child.signalCode === null ? `exit code ${child.exitCode}` : `signal ${child.signalCode}`;
}

async function whenReady(
  app: AppProcess,
  child: ChildProcess,
  exited: Promise<string>,
  log: AppLog,
): Promise<void> {
  const deadline = performance.now() + app.readyWithinMs;
  while (isRunning(child)) {
    if (await answers(app.readyUrl)) return;
    if (performance.now() > deadline) {
      throw notReady(app, log, `was not ready within ${app.readyWithinMs / 1000} s`);
    }
    await sleep(50);
  }
  throw notReady(app, log, `ended before it was ready (${await exited})`);
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(3000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

function notReady(app: AppProcess, log: AppLog, what: string): LaunchError {
  const lines = log.latest().map((line) => `  ${line}`);
  const said = lines.length === 0 ? "It said nothing." : `Its last lines:\n${lines.join("\n")}`;
  return new LaunchError(`The ${app.title} ${what}. ${said}\nIts whole log: ${log.file}`);
}

async function stop(child: ChildProcess, exited: Promise<string>, withinMs: number): Promise<void> {
  if (isRunning(child)) child.kill("SIGTERM");
  const timer = setTimeout(() => killGroup(child), withinMs);
  await exited;
  clearTimeout(timer);
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nobody is left in the group.
  }
}
