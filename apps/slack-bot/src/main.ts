import { createLog, run, serve } from "@countersign/service";
import { follow, openWhenReachable, ping } from "@countersign/store";
import { createApp } from "./app.ts";
import { commands } from "./commands/index.ts";
import { readConfig } from "./config.ts";
import { createSlackMetrics } from "./metrics.ts";
import { notify } from "./notifications/notify.ts";
import { reportTo } from "./report.ts";
import { openChannel } from "./slack/channel.ts";
import { openClient } from "./slack/client.ts";
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
  const openedStore = () => {
    const store = coming.current();
    if (store === null) throw new Error("The database has not been reached yet.");
    return store;
  };

  const { http, bolt } = createApp({
    ...config,
    commands,
    state: readState(openedStore, config.context),
    ready: async () => ping(openedStore()),
    now: () => new Date(),
    metrics,
    log,
  });
  const listening = stack.use(await serve(http, config.port, "SLACK_BOT_PORT"));
  log.info({ port: listening.port, mode: config.inlet.mode }, "listening");
  const channel = openChannel(openClient(config, log), config.channel, metrics.countCall);
  const following = coming.opened.then((store) =>
    follow(store, "slack", (stored) => notify(store, channel, config.context, stored), {
      concurrency: 4,
      ...reportTo(log, metrics),
    }),
  );
  following.catch(fail);
  if (config.inlet.mode === "socket") {
    const opening = coming.opened.then(() => bolt.start());
    opening.catch((error: unknown) => log.error({ error }, "commands are off: no socket"));
    stack.defer(async () => {
      await bolt.stop();
    });
  }
  stack.defer(async () => {
    if (coming.current() !== null) await (await following).stop();
  });
  return stack.move();
});
