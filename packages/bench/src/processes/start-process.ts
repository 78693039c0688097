import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export const root = resolve(import.meta.dirname, "../../../..");

export type Started = AsyncDisposable & {
  title: string;
  port: number;
  pid: number;
  /** The most memory that the process has held so far, in MB; what it holds now where the system does not say. */
  peakRssMb: () => Promise<number>;
  rssMb: () => Promise<number>;
  stop: () => Promise<void>;
};

export type ProcessOptions = {
  title: string;
  /** The program, from the root of the checkout. */
  entry: string;
  port: number;
  env: Record<string, string>;
  signal: AbortSignal;
};

/** It ends when we do, also where we are killed. */
const preload = join(root, "packages/launcher/src/follow-launcher.ts");
const readyWithinMs = 60_000;
const stopWithinMs = 20_000;

/** Starts a program with this Node and waits until its /readyz answers 2xx. */
export async function startProcess(options: ProcessOptions): Promise<Started> {
  const { title, entry, port, env, signal } = options;
  signal.throwIfAborted();
  const child = spawn(process.execPath, ["--import", preload, join(root, entry)], {
    cwd: root,
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const said = followOutput(child);
  const exited = once(child, "exit");
  const stop = async () => stopChild(child, exited);
  const kill = () => void child.kill("SIGKILL");
  signal.addEventListener("abort", kill, { once: true });
  void exited.then(() => signal.removeEventListener("abort", kill));
  try {
    await waitUntilReady(child, port, signal);
  } catch (error) {
    await stop();
    throw new Error(`The ${title} did not start. It said:\n${said()}`, { cause: error });
  }
  const pid = child.pid ?? 0;
  return {
    title,
    port,
    pid,
    peakRssMb: () => memoryOf(pid, "VmHWM"),
    rssMb: () => memoryOf(pid, "VmRSS"),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** The last lines that it wrote. Whatever is worth a warning goes on to our standard error. */
function followOutput(child: ChildProcess): () => string {
  let said = "";
  for (const output of [child.stdout, child.stderr]) {
    output?.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000);
    });
  }
  return () => said;
}

async function waitUntilReady(
  child: ChildProcess,
  port: number,
  signal: AbortSignal,
): Promise<void> {
  const deadline = performance.now() + readyWithinMs;
  while (isRunning(child) && performance.now() < deadline) {
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`, {
      signal: AbortSignal.timeout(3_000),
    })
      .then((response) => response.ok)
      .catch(() => false);
    signal.throwIfAborted();
    if (ready) return;
    await sleep(50, undefined, { signal });
  }
  throw new Error(isRunning(child) ? "It was not ready in time." : "It ended by itself.");
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

async function stopChild(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  if (!isRunning(child)) return;
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), stopWithinMs);
  await exited;
  clearTimeout(timer);
}

/** From Linux's /proc; NaN elsewhere. */
async function memoryOf(pid: number, field: "VmHWM" | "VmRSS"): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(status)?.[1];
  return Math.round(Number(kilobytes) / 1_024);
}
