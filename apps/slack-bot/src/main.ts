import { createLog, run, serve, watchDeadLetters } from "@countersign/service";
import { countDeadLetters, follow, openWhenReachable, ping, type Bring } from "@countersign/store";
import { createApp } from "./app.ts";
import { commands } from "./commands/index.ts";
import { readConfig } from "./config.ts";
import { createSlackMetrics } from "./metrics.ts";
import { notify } from "./notifications/notify.ts";
import { reportTo } from "./report.ts";
import { openChannel } from "./slack/channel.ts";
import { openClient } from "./slack/client.ts";
import { openTurns } from "./slack/turns.ts";
import { readState } from "./state.ts";

const log = createLog("slack-bot", process.env["LOG_LEVEL"] ?? "info");

await run(log, async (fail) => {
  const config = readConfig(process.env);
  const metrics = createSlackMetrics();
  await using stack = new AsyncDisposableStack();
  const coming = stack.use(
    openWhenReachable(
      { ...config.store, onError: (error) => log.warn({ error }, "database connection lost") },
      (error) => log.warn({ error }, "waiting for the database"),
    ),
  );
  watchDeadLetters(metrics.registry, async () => countDeadLetters(coming.reached()));
  const { http, bolt } = createApp({
    ...config,
    commands,
    state: readState(() => coming.reached(), config.context),
    ready: async () => ping(coming.reached()),
    now: () => new Date(),
    metrics,
    log,
  });
  const listening = stack.use(await serve(http, config.port, "SLACK_BOT_PORT"));
  log.info({ port: listening.port, mode: config.inlet.mode }, "listening");
  const turns = openTurns(config.limits, () => performance.now());
  metrics.watchBacklog(() => turns.backlog());
  const channel = openChannel(openClient(config, log), config.channel, {
    turns,
    count: metrics.countCall,
  });
  const following = coming.opened.then((store) => {
    const bring: Bring = async (stored) => {
      const by = await notify(store, channel, config.context, stored);
      if (by === "called") metrics.observeNotified(secondsSince(stored.changedAt, store.now()));
      return by;
    };
    return follow(store, "slack", bring, { concurrency: 200, ...reportTo(log, metrics) });
  });
  following.catch(fail);
  if (config.inlet.mode === "socket") {
    const opening = coming.opened.then(() => bolt.start());
    opening.catch((error: unknown) => log.error({ error }, "commands are off: no socket"));
    stack.defer(async () => {
      await bolt.stop();
    });
  }
  stack.defer(async () => {
    turns.close();
    if (coming.current() !== null) await (await following).stop();
  });
  return stack.move();
});

function secondsSince(then: Date, now: Date): number {
  return (now.getTime() - then.getTime()) / 1_000;
}
