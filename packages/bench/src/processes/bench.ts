import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort } from "@countersign/postgres";
import { follow, openStore, type Store } from "@countersign/store";
import { secret } from "../docusign/life.ts";
import { openBenchDatabase, type BenchDatabase } from "./database.ts";
import { settingsFile } from "./settings-file.ts";
import { startProcess, type Started } from "./start-process.ts";

/** What every part of the run works with. */
export type Bench = AsyncDisposable & {
  database: BenchDatabase;
  signal: AbortSignal;
  connections: number;
  /** Says on standard error what is going on. */
  say: (line: string) => void;
  start: (app: AppName, env: Record<string, string>) => Promise<Started>;
};

const programs = {
  ceiling: { entry: "packages/bench/src/ceiling/main.ts", portVariable: "PORT" },
  receiver: { entry: "apps/receiver/src/main.ts", portVariable: "RECEIVER_PORT" },
  "slack-bot": { entry: "apps/slack-bot/src/main.ts", portVariable: "SLACK_BOT_PORT" },
  "crm-sync": { entry: "apps/crm-sync/src/main.ts", portVariable: "CRM_SYNC_PORT" },
  counterpart: { entry: "packages/bench/src/counterpart/main.ts", portVariable: "PORT" },
};

type AppName = keyof typeof programs;

export const destinations = ["slack", "hubspot", "salesforce"] as const;

export async function openBench(
  options: Pick<Bench, "signal" | "connections" | "say">,
): Promise<Bench> {
  const { signal } = options;
  await using opened = new AsyncDisposableStack();
  const database = opened.use(await openBenchDatabase(signal));
  const config = join(database.home, "countersign.yaml");
  await writeFile(config, settingsFile);
  const shared = {
    DATABASE_URL: database.url,
    COUNTERSIGN_CONFIG: config,
    DOCUSIGN_SECRET: secret,
    LOG_LEVEL: "warn",
  };
  const kept = opened.move();
  return {
    ...options,
    database,
    async start(app, env) {
      const port = await freePort();
      const { entry, portVariable } = programs[app];
      const all = { ...shared, [portVariable]: String(port), ...env };
      return startProcess({ title: app, entry, port, env: all, signal });
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** Takes a schema away when its part is over: PostgreSQL would go on vacuuming it and writing its pages under the next. */
export async function forgetSchema({ database, signal }: Bench, schema: string): Promise<void> {
  if (signal.aborted) return;
  await database.pool.query(`drop schema if exists ${schema}, ${schema}_queue cascade`);
  await database.pool.query("checkpoint");
}

/** A schema in which every destination has its queue, as in production, whether or not its app runs. */
export async function openSchema({ database }: Bench, schema: string): Promise<Store> {
  await using opened = new AsyncDisposableStack();
  const store = opened.use(
    await openStore({ url: database.url, schema, applicationName: "bench" }),
  );
  for (const destination of destinations) {
    const registering = await follow(store, destination, async () => "not-called", {
      concurrency: 1,
    });
    await registering.stop();
  }
  opened.move();
  return store;
}
