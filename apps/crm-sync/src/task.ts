import { runTask } from "@countersign/service";
import {
  CredentialError,
  explainDatabase,
  openStore,
  PermanentError,
  RetryLater,
} from "@countersign/store";
import { readAnyCrms, readCrms, readStoreConfig } from "./config.ts";
import { callTimeout } from "./crms/calls.ts";
import { tasks } from "./tasks/index.ts";
import type { TaskTools } from "./tasks/task.ts";

const now = () => new Date();

await runTask(tasks, process.argv.slice(2), openTools, explain);

function openTools(tell: (line: string) => void): { tools: TaskTools } & AsyncDisposable {
  const stack = new AsyncDisposableStack();
  let opening: ReturnType<TaskTools["store"]> | undefined;
  const store = () =>
    (opening ??= openStore(readStoreConfig(process.env)).then((opened) => stack.use(opened)));
  const connections = { now, timeout: callTimeout, onCall: () => undefined };
  const crms = (file?: string) =>
    readCrms(process.env, file).map((connect) => connect(connections));
  const anyCrms = (file?: string) =>
    readAnyCrms(process.env, file).crms.map((connect) => connect(connections));
  const close = () => stack.disposeAsync();
  return { tools: { store, crms, anyCrms, now, tell }, [Symbol.asyncDispose]: close };
}

/** What a person can do something about. */
function explain(error: unknown): string | null {
  if (error instanceof CredentialError || error instanceof PermanentError) return error.message;
  if (error instanceof RetryLater) return `The CRM asks to come back in ${error.seconds} s.`;
  return explainDatabase(error);
}
