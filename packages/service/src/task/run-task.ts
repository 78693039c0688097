import { SettingsError } from "../settings/problem.ts";
import { quietWithoutReader } from "./quiet-without-reader.ts";
import { readTask } from "./read-task.ts";
import { taskExitCodes, type RunnableTask, type TaskReport } from "./task-end.ts";

/**
 * Runs the task that is named first in `typed`, prints its report to standard output as one JSON object and
 * sets the exit code. Progress goes to standard error, a line each. `open` opens the tools and is closed
 * afterwards; `explain` words the errors that a person can do something about.
 */
export async function runTask<Tools>(
  tasks: readonly RunnableTask<Tools>[],
  typed: readonly string[],
  open: (tell: (line: string) => void) => { tools: Tools } & AsyncDisposable,
  explain: (error: unknown) => string | null,
): Promise<void> {
  const report = await reportOf(tasks, typed, open, explain);
  quietWithoutReader(process.stdout);
  process.stdout.write(`${JSON.stringify(report)}\n`);
  process.exitCode = taskExitCodes[report.is];
}

async function reportOf<Tools>(
  tasks: readonly RunnableTask<Tools>[],
  typed: readonly string[],
  open: (tell: (line: string) => void) => { tools: Tools } & AsyncDisposable,
  explain: (error: unknown) => string | null,
): Promise<TaskReport> {
  const read = readTask(tasks, typed);
  if (read.is === "report") return read.report;
  await using opened = open((line) => void process.stderr.write(`${line}\n`));
  try {
    return await read.task.run(read.options, opened.tools);
  } catch (error) {
    const text = error instanceof SettingsError ? error.message : explain(error);
    if (text === null) throw error;
    return { is: "failed", text, data: null };
  }
}
