import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { TaskReport } from "@countersign/service";

const program = fileURLToPath(new URL("../task.ts", import.meta.url));

/** A task as a process with this environment: its report when it ends, and a way to end it before. */
export function startTask(typed: readonly string[], environment: Record<string, string>) {
  const child = spawn(process.execPath, [program, ...typed], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { out: "", err: "" };
  child.stdout.on("data", (part: Buffer) => (said.out += part.toString()));
  child.stderr.on("data", (part: Buffer) => (said.err += part.toString()));
  const ended = once(child, "close");
  return {
    progress: () => said.err,
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
    async report(): Promise<TaskReport & { exitCode: unknown; progress: string }> {
      const [exitCode]: unknown[] = await ended;
      if (said.out === "") throw new Error(`The task broke off: ${said.err}`);
      const report: TaskReport = JSON.parse(said.out);
      return { ...report, exitCode, progress: said.err };
    },
  };
}
