import { createLog, http, run, serve, watchDeadLetters } from "@countersign/service";
import { countDeadLetters, openWhenReachable, ping } from "@countersign/store";
import { createApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { events } from "./events/index.ts";
import { openWorkspaces } from "./installation/open-workspaces.ts";
import { createSlackMetrics } from "./metrics.ts";
import type { Ports } from "./ports.ts";
import { botScopes } from "./scopes.ts";
import { openChannels } from "./slack/channels.ts";
import { rememberPause } from "./slack/pause-memory.ts";
import { openTurns } from "./slack/turns.ts";
import { openSources } from "./sources.ts";
import { startWork } from "./work.ts";

const log = createLog("slack-bot");

const now = () => new Date();

await run(log, async (fail) => {
  const config = readConfig(process.env);
  log.level = config.logLevel;
  const { slack } = config;
  const metrics = createSlackMetrics();
  await using stack = new AsyncDisposableStack();
  const coming = stack.use(
    openWhenReachable(
      { ...config.store, onError: (error) => log.warn({ error }, "database connection lost") },
      (error) => log.warn({ error }, "waiting for the database"),
    ),
  );
  const store = () => coming.reached();
  watchDeadLetters(metrics.registry, async () => countDeadLetters(store()));
  const { workspaces, installing } = openWorkspaces(config.access, {
    store,
    now,
    apiUrl: config.apiUrl,
    scopes: botScopes(events),
    allowed: slack.workspaces ?? [],
    onChange: metrics.setWorkspacePaused,
    log,
  });
  const pause = rememberPause();
  const ports: Ports = {
    store,
    now,
    workspaces,
    sources: openSources(config.sources, { http, now }, config.file),
    roles: config.roles,
    dealFields: config.dealFields,
    hearing: config.hearing,
    paused: pause.paused,
    stalls: slack.stalls,
    workingHours: slack.workingHours,
  };
  const { http: express, bolt } = createApp({
    inlet: config.inlet,
    apiUrl: config.apiUrl,
    ports,
    installing: installing?.routes ?? null,
    ready: async () => ping(store()),
    metrics,
    log,
  });
  const listening = stack.use(await serve(express, config.port, "SLACK_BOT_PORT"));
  log.info({ port: listening.port, mode: config.inlet.mode }, "listening");
  const turns = openTurns(config.limits, () => performance.now());
  metrics.watchBacklog(() => turns.backlog());
  const channels = openChannels(workspaces, { turns, count: metrics.countCall });
  let isStopping = false;
  const working = coming.opened.then(async () => {
    if (isStopping) return null;
    await installing?.sealAnew();
    return startWork(ports, { channels, metrics, pause, log });
  });
  working.catch(fail);
  if (config.inlet.mode === "socket") {
    const opening = coming.opened.then(() => (isStopping ? null : bolt.start()));
    opening.catch((error: unknown) => log.error({ error }, "commands are off: no socket"));
    stack.defer(async () => {
      await bolt.stop();
    });
  }
  stack.defer(async () => {
    isStopping = true;
    turns.close();
    if (coming.current() !== null) await (await working)?.[Symbol.asyncDispose]();
  });
  return stack.move();
});
