import { randomBytes } from "node:crypto";
import { startSandbox, type Sandbox } from "@countersign/sandbox";
import { createLog, serve } from "@countersign/service";
import type { Store } from "@countersign/store";
import { openTestStore } from "@countersign/store/testing";
import express from "express";
import { z } from "zod";
import { readEvent } from "../../events/event.ts";
import type { InstalledWorkspaces } from "../installed-workspaces.ts";
import type { OAuthSettings } from "../open-installation.ts";
import { openInstallation } from "../open-installation.ts";
import type { WorkspaceChange } from "../pauses.ts";
import { appUninstalled, tokensRevoked } from "../uninstalled.ts";

export const keys = [randomBytes(32), randomBytes(32)] as const;

/** One process of the bot that workspaces install by OAuth. */
export type Process = {
  workspaces: InstalledWorkspaces;
  store: Store;
  url: string;
  /** What became of workspaces, in order. */
  changes: WorkspaceChange[];
  /** The workspaces whose next token was refused, in order. */
  unrenewed: string[];
  sealAnew(): Promise<void>;
};

/** The sandbox's Slack, and a bot of one or more processes, with a clock that can be put forward. */
export async function openOAuthBench() {
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  const sandbox = await startSandbox({ port: 0, receiverPort: 1, now });
  const first = await openTestStore({ now });
  const stack = new AsyncDisposableStack();
  stack.defer(() => sandbox.stop());
  stack.defer(() => first.close());
  let used = false;

  /** Another process on the same database. */
  async function start(more: Partial<OAuthSettings> = {}): Promise<Process> {
    const store = used ? await openTestStore({ now, schema: first.schema, keep: true }) : first;
    if (used) stack.defer(() => store.close());
    used = true;
    const changes: WorkspaceChange[] = [];
    const unrenewed: string[] = [];
    const app = express();
    const opened = openInstallation(
      { ...settings, ...more },
      {
        store: () => store,
        now,
        apiUrl: apiUrlOf(sandbox),
        scopes: ["chat:write", "commands"],
        onChange: (change) => void changes.push(change),
        onRefreshRefused: ({ workspace }) => void unrenewed.push(workspace),
        log: createLog("test", "silent"),
      },
    );
    app.use(opened.routes);
    app.post("/slack/events", express.json(), async (request, response) => {
      const event = readEvent(request.body, opened);
      const { type } = z.object({ type: z.string() }).parse(event.given);
      const handler = [appUninstalled, tokensRevoked].find((one) => one.type === type);
      await handler?.handle(event, opened).catch(() => undefined);
      response.end();
    });
    const listening = stack.use(await serve(app, 0, "SLACK_BOT_PORT"));
    const url = `http://127.0.0.1:${listening.port}`;
    return { ...opened, store, url, changes, unrenewed };
  }

  return {
    sandbox,
    start,
    /** Lets the clocks run ahead by so many seconds more. */
    wait: (seconds: number) => void (ahead += seconds * 1_000),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

export type OAuthBench = Awaited<ReturnType<typeof openOAuthBench>>;

const settings: OAuthSettings = {
  clientId: "sandbox",
  clientSecret: "sandbox-slack-client-secret",
  stateSecret: "a secret of states",
  tokenKeys: [keys[0]],
  allowed: ["T000000001", "T200000001", "E200000001"],
};

function apiUrlOf({ url }: Sandbox): string {
  return `${url}/slack/api/`;
}

/** A browser that walks through an installation: what it is shown in the end, and the cookie that it kept. */
export async function walk(
  { url }: Pick<Process, "url">,
  choice: Record<string, string>,
  browser: { cookie?: string } = {},
) {
  const begun = await fetch(`${url}/slack/install`, { redirect: "manual" });
  const cookie = (begun.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const target = new URL(begun.headers.get("location") ?? "");
  for (const [name, value] of Object.entries(choice)) target.searchParams.set(name, value);
  const allowed = await fetch(target, { redirect: "manual" });
  const back = allowed.headers.get("location") ?? "";
  const shown = await fetch(back, { headers: { cookie: browser.cookie ?? cookie } });
  return {
    begun,
    back,
    cookie,
    status: shown.status,
    page: await shown.text(),
    headers: shown.headers,
  };
}
