import type { AppName } from "./apps.ts";
import { type Database, openDatabase } from "./database.ts";
import { createHome } from "./home.ts";
import type { LaunchOptions } from "./launch-options.ts";
import { checkPorts } from "./ports.ts";
import { openRunningFile, sandboxAccess } from "./running-file.ts";
import { claimHome } from "./single-run.ts";
import { type StartedApps, startApps } from "./start-apps.ts";
import type { RestartVariables, Supervised } from "./supervise.ts";

export type Running = AsyncDisposable & {
  apps: Record<AppName, Supervised>;
  /** The further copies that were asked for, in that order. */
  copies: Supervised[];
  database: Database;
  /** Ends an app gracefully, starts it again, with variables of its own where given, and waits until it is ready. */
  restart: (app: AppName, variables?: RestartVariables) => Promise<void>;
  /** Sends an app a signal; should it end of it, it is started again after a moment. */
  kill: (app: AppName, signal: NodeJS.Signals) => void;
  restartPostgres: () => Promise<void>;
  /** Stops the receiver first, then what consumes, then the sandbox, and the database last. */
  stop: () => Promise<void>;
  /** Ends every process at once. */
  killNow: () => void;
};

/**
 * Starts the database, the sandbox and the apps as processes and keeps them running until stopped. Rejects with a
 * `LaunchError` or `PostgresError` whose message is for people, after stopping what had been started.
 */
export async function launch(options: LaunchOptions): Promise<Running> {
  const { home, ports } = options;
  await using opened = new AsyncDisposableStack();
  await createHome(home);
  opened.use(await claimHome(home));
  await checkPorts(ports);
  const file = opened.use(openRunningFile(home));
  const database = await openDatabase(options, file.noteStart("postgres"));
  opened.defer(database.stop);
  const started = opened.use(await startApps(options, database.url, file.noteStart));
  const { embedded } = database;
  file.publish({
    ports: embedded === undefined ? ports : { ...ports, postgres: embedded.port },
    databaseUrl: database.url,
    sandbox: sandboxAccess(ports.sandbox, started.sandboxValues),
    environment: started.lent,
  });
  return running(started, database, opened.move());
}

function running(
  { apps, copies }: StartedApps,
  database: Database,
  opened: AsyncDisposableStack,
): Running {
  const stop = async (): Promise<void> => opened.disposeAsync();
  const supervised = [...Object.values(apps), ...copies];
  return {
    apps,
    copies,
    database,
    restart: async (app, variables) => apps[app].restart(variables),
    kill: (app, signal) => apps[app].kill(signal),
    restartPostgres: async () => database.embedded?.supervised.restart(),
    stop,
    killNow: () => supervised.forEach((app) => app.kill("SIGKILL")),
    [Symbol.asyncDispose]: stop,
  };
}
