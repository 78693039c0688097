import { setTimeout as sleep } from "node:timers/promises";
import { createLog, http, runTask, SettingsError } from "@countersign/service";
import {
  CredentialError,
  explainDatabase,
  openStore,
  PermanentError,
  RetryLater,
  type Store,
} from "@countersign/store";
import { readSlack, readStoreConfig } from "./config.ts";
import { events } from "./events/index.ts";
import { openWorkspaces } from "./installation/open-workspaces.ts";
import type { SlackRules } from "./rehearse/rules.ts";
import { botScopes } from "./scopes.ts";
import { openChannels } from "./slack/channels.ts";
import { openTurns } from "./slack/turns.ts";
import { openSources } from "./sources.ts";
import { tasks } from "./tasks/index.ts";
import type { TaskTools } from "./tasks/task.ts";

const now = () => new Date();

/** Standard output is for the report alone. */
const log = createLog("slack-bot task", "silent");

type SlackRead = NonNullable<ReturnType<typeof readSlack>>;

await runTask(tasks, process.argv.slice(2), openTools, explain);

function openTools(tell: (line: string) => void): { tools: TaskTools } & AsyncDisposable {
  const stack = new AsyncDisposableStack();
  let opening: Promise<Store> | undefined;
  const store = () =>
    (opening ??= openStore(readStoreConfig(process.env)).then((opened) => stack.use(opened)));
  const tools: TaskTools = {
    store,
    async rules(file) {
      const slack = readSlack(process.env, file);
      return slack === null ? null : rulesOf(slack, store);
    },
    async slack() {
      const slack = readSlack(process.env);
      if (slack === null) throw new SettingsError("There is no slack section in countersign.yaml.");
      const opened = await store();
      const workspaces = workspacesOf(slack, opened);
      const turns = openTurns(slack.limits, () => performance.now());
      stack.defer(() => turns.close());
      const rules = await rulesOf(slack, store);
      return {
        ports: { ...rules, store: () => opened, now, workspaces, paused: () => null },
        channels: openChannels(workspaces, { turns, count: () => undefined }),
      };
    },
    now,
    sleep,
    tell,
  };
  return { tools, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

function workspacesOf({ access, apiUrl, allowed }: SlackRead, store: Store) {
  const scopes = botScopes(events);
  const ports = { store: () => store, now, apiUrl, scopes, allowed, log };
  return openWorkspaces(access(), ports).workspaces;
}

/** Who has the app installed stands in the database; where there is one workspace by token, nobody needs to look. */
async function rulesOf(slack: SlackRead, store: () => Promise<Store>): Promise<SlackRules> {
  const { said, allowed, sources, file, way } = slack;
  return {
    ...said,
    sources: openSources(sources, { http, now }, file),
    allowed,
    workspaces: way === "token" ? [""] : await workspacesOf(slack, await store()).all(),
  };
}

/** What a person can do something about. */
function explain(error: unknown): string | null {
  if (error instanceof CredentialError || error instanceof PermanentError) return error.message;
  if (error instanceof RetryLater) return `Slack asks to come back in ${error.seconds} s.`;
  return explainDatabase(error);
}
