import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AppName } from "./apps.ts";

/** What `running.json` tells other programs about a run. */
export type RunningState = {
  /** `postgres` is absent when `DATABASE_URL` names another database. */
  pids: Partial<Record<AppName | "launcher" | "postgres", number>>;
  ports: Partial<Record<AppName | "postgres", number>>;
  databaseUrl: string;
  sandbox: SandboxAccess;
  /** The sandbox's values that the apps were given in place of real ones, by environment variable. */
  environment: Record<string, string>;
};

/** With what to talk to the sandbox's Slack, HubSpot and Salesforce. */
export type SandboxAccess = {
  url: string;
  slackBotToken: string | undefined;
  slackSigningSecret: string | undefined;
  hubspotToken: string | undefined;
  salesforceClientId: string | undefined;
  salesforceClientSecret: string | undefined;
};

/** Picks them out of the sandbox's environment. */
export function sandboxAccess(port: number, sandbox: Record<string, string>): SandboxAccess {
  return {
    url: `http://127.0.0.1:${port}`,
    slackBotToken: sandbox["SLACK_BOT_TOKEN"],
    slackSigningSecret: sandbox["SLACK_SIGNING_SECRET"],
    hubspotToken: sandbox["HUBSPOT_ACCESS_TOKEN"],
    salesforceClientId: sandbox["SALESFORCE_CLIENT_ID"],
    salesforceClientSecret: sandbox["SALESFORCE_CLIENT_SECRET"],
  };
}

export type RunningFile = Disposable & {
  /** Answers what notes a process's number, at once where the file is already there. */
  noteStart: (name: keyof RunningState["pids"]) => (pid: number) => void;
  /** Writes the file for the first time: everything runs. */
  publish: (state: Omit<RunningState, "pids">) => void;
};

/** Keeps `running.json` true while the run lasts, and removes it at its end; one that a killed run left goes at once. */
export function openRunningFile(home: string): RunningFile {
  const file = join(home, "running.json");
  const pids: RunningState["pids"] = { launcher: process.pid };
  let published: Omit<RunningState, "pids"> | undefined;
  rmSync(file, { force: true });
  const write = (): void => {
    if (published !== undefined) replace(file, { pids, ...published });
  };
  return {
    noteStart: (name) => (pid) => {
      pids[name] = pid;
      write();
    },
    publish(state) {
      published = state;
      write();
    },
    [Symbol.dispose]() {
      published = undefined;
      rmSync(file, { force: true });
    },
  };
}

/** At once, and readable by its owner alone: it holds the database's password. */
function replace(file: string, state: RunningState): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
