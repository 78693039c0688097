import { join, relative, resolve } from "node:path";
import { sandboxEnvironment } from "@countersign/sandbox";
import { startApp } from "./app-process.ts";
import { type AppName, appNames, apps } from "./apps.ts";
import type { Environment } from "./config.ts";
import { forSandbox, withSandbox } from "./environment.ts";
import { logFolder } from "./home.ts";
import { type Copy, defaultDelayMs, type LaunchOptions } from "./launch-options.ts";
import { rareLines } from "./rare-lines.ts";
import { type Supervised, supervise } from "./supervise.ts";

export type StartedApps = AsyncDisposable & {
  apps: Record<AppName, Supervised>;
  copies: Supervised[];
  sandboxValues: Record<string, string>;
  /** Those of them that the apps were given. */
  lent: Record<string, string>;
};

const now = () => performance.now();

type NoteStart = (name: AppName) => (pid: number) => void;

/**
 * Starts the sandbox, then the apps, and waits until all are ready. Disposing stops them in the order in which
 * work flows: the receiver takes nothing more, the consumers finish, and the sandbox they talk to goes last.
 */
export async function startApps(
  options: LaunchOptions,
  databaseUrl: string,
  noteStart: NoteStart,
): Promise<StartedApps> {
  const { ports, signal, copies: wanted = [] } = options;
  const sandboxValues = sandboxEnvironment({
    sandboxPort: ports.sandbox,
    receiverPort: ports.receiver,
    slackBotPort: ports.slackBot,
  });
  const shared = sharedEnvironment(options, databaseUrl);
  const real = withSandbox(shared, sandboxValues);
  const start = async (name: AppName, env: Environment): Promise<Supervised> =>
    startSupervised({ app: name, port: ports[name] }, env, options, noteStart(name));

  await using opened = new AsyncDisposableStack();
  const sandbox = await start("sandbox", forSandbox(shared, sandboxValues));
  opened.defer(sandbox.stop);
  await unlessAborted(signal, [sandbox]);
  const slackBot = await start("slackBot", real);
  const crmSync = await start("crmSync", real);
  opened.defer(async () => void (await Promise.all([slackBot.stop(), crmSync.stop()])));
  const receiver = await start("receiver", real);
  opened.defer(receiver.stop);
  await unlessAborted(signal, [slackBot, crmSync, receiver]);
  const copies = await Promise.all(wanted.map(async (copy) => startCopy(copy, real, options)));
  opened.defer(async () => void (await Promise.all(copies.map(async (copy) => copy.stop()))));
  await unlessAborted(signal, copies);

  const running = opened.move();
  return {
    apps: { sandbox, slackBot, crmSync, receiver },
    copies,
    sandboxValues,
    lent: Object.fromEntries(
      Object.entries(sandboxValues).filter(([name, value]) => real[name] === value),
    ),
    [Symbol.asyncDispose]: async () => running.disposeAsync(),
  };
}

/** What every app is told: where each listens, the database, the settings. */
function sharedEnvironment({ root, env, ports }: LaunchOptions, databaseUrl: string): Environment {
  const portVariables = appNames.map((name) => [apps[name].portVariable, String(ports[name])]);
  return {
    ...env,
    ...Object.fromEntries(portVariables),
    DATABASE_URL: databaseUrl,
    COUNTERSIGN_CONFIG: env["COUNTERSIGN_CONFIG"] || join(root, "countersign.yaml"),
  };
}

async function startCopy(
  copy: Copy,
  env: Environment,
  options: LaunchOptions,
): Promise<Supervised> {
  const own = { ...env, [apps[copy.app].portVariable]: String(copy.port) };
  return startSupervised(copy, own, options, () => undefined, `-${copy.port}`);
}

async function startSupervised(
  { app, port }: Copy,
  env: Environment,
  options: LaunchOptions,
  onStart: (pid: number) => void,
  suffix = "",
): Promise<Supervised> {
  const { root, home, entries = {}, onLine, firstDelayMs = defaultDelayMs } = options;
  const { entry, readyPath } = apps[app];
  const title = `${apps[app].title}${suffix}`;
  const logFile = join(logFolder(home), `${title}.log`);
  const sayRarely = rareLines(onLine, 60_000, now);
  const start = async (variables: Environment) =>
    startApp({
      title,
      entry: entries[app] ?? resolve(root, entry),
      root,
      env: { ...env, ...variables },
      logFile,
      readyUrl: `http://127.0.0.1:${port}${readyPath}`,
      readyWithinMs: 60_000,
      stopWithinMs: 20_000,
      onError: (message) => sayRarely(`${title}: ${message} (more in ${relative(root, logFile)})`),
      onLost: (message) => sayRarely(`${title}: ${message}`),
      now,
    });
  return supervise({ title, start, onLine, onStart, firstDelayMs });
}

/** Waits until all are ready, or rejects as soon as one cannot be or the start is given up. */
async function unlessAborted(
  signal: AbortSignal | undefined,
  starting: Supervised[],
): Promise<void> {
  signal?.throwIfAborted();
  const ready = Promise.all(starting.map(async (app) => app.ready()));
  if (signal === undefined) {
    await ready;
    return;
  }
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const giveUp = (): void => reject(signal.reason);
  signal.addEventListener("abort", giveUp, { once: true });
  await Promise.race([ready, aborted]).finally(() => signal.removeEventListener("abort", giveUp));
}
