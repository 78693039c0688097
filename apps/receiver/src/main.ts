import { createLog, run, serve } from "@countersign/service";
import { openWhenReachable, ping, record } from "@countersign/store";
import { createApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { createReceiverMetrics } from "./metrics.ts";

const log = createLog("receiver", process.env["LOG_LEVEL"] ?? "info");

await run(log, async (fail) => {
  const config = readConfig(process.env);
  await using stack = new AsyncDisposableStack();
  const store = stack.use(
    openWhenReachable(
      { ...config.store, onError: (error) => log.warn({ error }, "database connection lost") },
      (error) => log.warn({ error }, "waiting for the database"),
    ),
  );
  store.opened.catch(fail);
  const openedStore = () => {
    const opened = store.current();
    if (opened === null) throw new Error("The database has not been reached yet.");
    return opened;
  };
  const app = createApp({
    sources: config.sources,
    record: async (delivery, normalized) => record(openedStore(), delivery, normalized),
    ready: async () => ping(openedStore()),
    now: () => new Date(),
    metrics: createReceiverMetrics(),
    log,
  });
  const listening = stack.use(await serve(app, config.port, "RECEIVER_PORT"));
  log.info({ port: listening.port, sources: [...config.sources.keys()] }, "listening");
  return stack.move();
});
