import { createLog, http, run, serve } from "@countersign/service";
import {
  follow,
  forgetDeliveries,
  noteSecretUse,
  openWhenReachable,
  ping,
  readSecretUse,
  record,
} from "@countersign/store";
import { createApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { confirmingSources, createConfirm } from "./confirm.ts";
import { forgetRegularly } from "./forget.ts";
import { createReceiverMetrics } from "./metrics.ts";
import { reportConfirming } from "./report.ts";
import { createSecretsInUse, shareSecretUse } from "./secret-use.ts";

const now = () => new Date();
const log = createLog("receiver");

await run(log, async (fail) => {
  const config = readConfig(process.env);
  log.level = config.logLevel;
  await using stack = new AsyncDisposableStack();
  const store = stack.use(
    openWhenReachable(
      { ...config.store, onError: (error) => log.warn({ error }, "database connection lost") },
      (error) => log.warn({ error }, "waiting for the database"),
    ),
  );
  const metrics = createReceiverMetrics();
  const secrets = createSecretsInUse(config.sources, metrics.registry);
  const app = createApp({
    sources: config.sources,
    record: async (delivery, normalized) => record(store.reached(), delivery, normalized),
    ready: async () => ping(store.reached()),
    noteSecretUse: secrets.note,
    now,
    metrics,
    log,
  });
  const untilAllAnswered = stack.use(new AsyncDisposableStack());
  const listening = stack.use(await serve(app, config.port, "RECEIVER_PORT"));
  log.info({ port: listening.port, sources: [...config.sources.keys()] }, "listening");

  const withStore = stack.use(new AsyncDisposableStack());
  const confirming = confirmingSources(config.sources, { http, now });
  const work = async () => {
    const opened = await store.opened;
    const sharing = { note: noteSecretUse.bind(null, opened), read: () => readSecretUse(opened) };
    untilAllAnswered.use(shareSecretUse(secrets, sharing, log));
    const forget = (before: Date) => forgetDeliveries(opened, before);
    withStore.use(forgetRegularly(forget, config.deliveryDays, now, log));
    if (confirming.size === 0) return;
    const confirm = createConfirm(confirming, { now, record: record.bind(null, opened) });
    const options = { concurrency: 2, ...reportConfirming(log) };
    const following = await follow(opened, "read-back", confirm, options);
    if (withStore.disposed) await following.stop();
    else withStore.defer(() => following.stop());
  };
  work().catch(fail);
  return stack.move();
});
