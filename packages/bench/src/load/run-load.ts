import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { FromLoad, Job, LoadResult, ToLoad } from "./job.ts";

const entry = fileURLToPath(new URL("main.ts", import.meta.url));

/** How long the answers may take after the last request was due, in milliseconds. */
const patience = 120_000;

/** A load whose requests are made. */
export type PreparedLoad = { run: () => Promise<LoadResult> };

/** Prepares a load in a process of its own; it is gone when `run` has ended or the signal aborts. */
export async function prepareLoad(job: Job, signal: AbortSignal): Promise<PreparedLoad> {
  const child = fork(entry, { signal, killSignal: "SIGKILL" });
  child.on("error", () => undefined);
  const ended = once(child, "exit").then(([code]) => {
    signal.throwIfAborted();
    throw new Error(`The load process ended without a result (exit code ${code}).`);
  });
  ended.catch(() => undefined);
  const tell = (message: ToLoad) => child.send(message);
  const hear = async (): Promise<FromLoad> => {
    const message = once(child, "message").then(([said]): FromLoad => said);
    return Promise.race([message, ended]);
  };
  tell({ job });
  await hear();
  return {
    async run() {
      tell({ go: true });
      const longest = (job.warmup + job.measured) * 1_000 + patience;
      const timer = setTimeout(() => child.kill("SIGKILL"), longest);
      const message = await hear().finally(() => clearTimeout(timer));
      child.disconnect();
      await ended.catch(() => undefined);
      if ("result" in message) return message.result;
      throw new Error("The load process brought no result.");
    },
  };
}

export async function runLoad(job: Job, signal: AbortSignal): Promise<LoadResult> {
  const load = await prepareLoad(job, signal);
  return load.run();
}
