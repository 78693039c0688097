import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

/** A receiver of some version, as a process. */
export type ReceiverProcess = AsyncDisposable & {
  /** Ends it as a deploy does; its exit code, and what it logged. */
  stop(): Promise<{ exitCode: number | null; log: string }>;
};

/** Starts the receiver of the sources in `folder`, and waits until it is ready. */
export async function startReceiver(
  folder: string,
  port: number,
  env: Record<string, string>,
): Promise<ReceiverProcess> {
  const child = spawn(process.execPath, [join(folder, "apps/receiver/src/main.ts")], {
    cwd: folder,
    env: { PATH: process.env["PATH"], LOG_LEVEL: "warn", RECEIVER_PORT: String(port), ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const log = text(child.stdout);
  const ended = once(child, "close");
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    return { exitCode: child.exitCode, log: await log };
  };
  for (let tries = 0; tries < 300 && child.exitCode === null; tries += 1) {
    if (await isReady(port))
      return { stop, [Symbol.asyncDispose]: async () => void (await stop()) };
    await sleep(100);
  }
  const { log: said } = await stop();
  throw new Error(`The receiver of ${folder} did not get ready. It said: ${said}`);
}

async function isReady(port: number): Promise<boolean> {
  const url = `http://127.0.0.1:${port}/readyz`;
  return fetch(url).then(
    async (response) => {
      await response.arrayBuffer();
      return response.ok;
    },
    () => false,
  );
}
