import { setTimeout as sleep } from "node:timers/promises";
import { http, NoAnswer, runTask } from "@countersign/service";
import { explainDatabase, openStore } from "@countersign/store";
import { readConfig } from "./config.ts";
import { tasks } from "./tasks/index.ts";
import type { TaskTools } from "./tasks/task.ts";

const now = () => new Date();

const config = () => readConfig(process.env);
const sources = () => config().sources;

await runTask(tasks, process.argv.slice(2), openTools, explain);

function openTools(tell: (line: string) => void): { tools: TaskTools } & AsyncDisposable {
  const stack = new AsyncDisposableStack();
  const store = async (quiet: readonly string[] = []) => {
    const { recording, ...options } = config().store;
    const opened = await openStore({
      ...options,
      applicationName: "receiver task",
      recording: { ...recording, quiet },
    });
    return stack.use(opened);
  };
  const close = () => stack.disposeAsync();
  return { tools: { store, sources, http, now, sleep, tell }, [Symbol.asyncDispose]: close };
}

/** What a person can do something about. */
function explain(error: unknown): string | null {
  if (error instanceof NoAnswer) {
    return `${error.message} The same command goes on where it broke off.`;
  }
  return explainDatabase(error);
}
