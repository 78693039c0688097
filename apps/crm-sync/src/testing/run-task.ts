import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TaskReport } from "@countersign/service";

const program = fileURLToPath(new URL("../task.ts", import.meta.url));

export type RunTask = TaskReport & { exitCode: unknown; progress: string };

/** Runs a task as the command line does: a process with this environment. */
export async function runTaskProcess(
  typed: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<RunTask> {
  const child = spawn(process.execPath, [program, ...typed], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { out: "", err: "" };
  child.stdout.on("data", (part: Buffer) => (said.out += part.toString()));
  child.stderr.on("data", (part: Buffer) => (said.err += part.toString()));
  const [exitCode]: unknown[] = await once(child, "close");
  if (said.out === "") throw new Error(`The task broke off: ${said.err}`);
  const report: TaskReport = JSON.parse(said.out);
  return { ...report, exitCode, progress: said.err };
}

/** A countersign.yaml that is gone when the stack is. */
export function writeSettings(text: string, stack: AsyncDisposableStack): string {
  const folder = mkdtempSync(join(tmpdir(), "countersign-task-"));
  stack.defer(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "countersign.yaml");
  writeFileSync(file, text);
  return file;
}
