import { createLog, http, run, serve } from "@countersign/service";
import {
  countUnread,
  follow,
  forgetDeliveries,
  noteSecretUse,
  openWhenReachable,
  ping,
  readSecretUse,
  readUp,
  record,
  recordOrKeep,
  type ReadKept,
} from "@countersign/store";
import { createApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { confirmingSources, createConfirm, readingsAtOnce } from "./confirm.ts";
import { readKept } from "./evidence.ts";
import { forgetRegularly } from "./forget.ts";
import { createReceiverMetrics, watchUnread } from "./metrics.ts";
import { readUpAsItComes, type ReadingUp } from "./read-up.ts";
import { createReadUpReport, reportConfirming } from "./report.ts";
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
  watchUnread(metrics.registry, async () => countUnread(store.reached()));
  const noteUnreadable = (error: unknown) => log.error({ error }, "delivery could not be read");
  let readingUp: ReadingUp | null = null;
  const app = createApp({
    sources: config.sources,
    async record(delivery, read) {
      const end = await recordOrKeep(store.reached(), delivery, read);
      if (end.outcome === "kept") readingUp?.note();
      return end;
    },
    ready: async () => ping(store.reached()),
    noteSecretUse: secrets.note,
    noteUnreadable,
    now,
    metrics,
    log,
  });
  const untilAllAnswered = stack.use(new AsyncDisposableStack());
  const listening = stack.use(await serve(app, config.port, "RECEIVER_PORT"));
  log.info({ port: listening.port, sources: [...config.sources.keys()] }, "listening");

  const withStore = stack.use(new AsyncDisposableStack());
  const { onOutcome, onPause } = reportConfirming(log);
  const confirming = confirmingSources(config.sources, { http, now }, onPause);
  const work = async () => {
    const opened = await store.opened;
    // Told to stop meanwhile: nobody would end what begins now.
    if (withStore.disposed) return;
    const sharing = { note: noteSecretUse.bind(null, opened), read: () => readSecretUse(opened) };
    untilAllAnswered.use(shareSecretUse(secrets, sharing, log));
    const forget = (before: Date) => forgetDeliveries(opened, before);
    withStore.use(forgetRegularly(forget, config.deliveryDays, now, log));
    const read: ReadKept = (kept) => readKept(config.sources, kept, noteUnreadable);
    readingUp = readUpAsItComes({
      readSome: () => readUp(opened, read, [...config.sources.keys()]),
      onRead: createReadUpReport(log, metrics),
      onError: (error) => log.warn({ error }, "kept deliveries not read, trying again"),
    });
    withStore.defer(readingUp.stop);
    if (confirming.size === 0) return;
    const confirm = createConfirm(confirming, { now, record: record.bind(null, opened) });
    const concurrency = readingsAtOnce * confirming.size;
    const following = await follow(opened, "read-back", confirm, { concurrency, onOutcome });
    if (withStore.disposed) await following.stop();
    else withStore.defer(() => following.stop());
  };
  work().catch(fail);
  return stack.move();
});
