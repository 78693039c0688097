import { createLog, healthRoutes, http, run, serve, watchDeadLetters } from "@countersign/service";
import { countDeadLetters, openWhenReachable, ping, type Store } from "@countersign/store";
import express from "express";
import { readConfig } from "./config.ts";
import { callTimeout } from "./crms/calls.ts";
import { followFiles } from "./files/follow-files.ts";
import { readSourceFiles } from "./files/source-files.ts";
import { removeLeftFiles } from "./files/temporary-file.ts";
import { followCrm } from "./follow-crm.ts";
import { createCrmMetrics } from "./metrics.ts";
import { createAlert } from "./report.ts";
import { createAskSource } from "./sources/ask-source.ts";
import { watchQuotas } from "./watch-quotas.ts";
import { followWriteBack } from "./write-back/follow-write-back.ts";
import { createSourceFields } from "./write-back/source-fields.ts";

const now = () => new Date();

const log = createLog("crm-sync");

await run(log, async (fail) => {
  const config = readConfig(process.env);
  log.level = config.logLevel;
  const metrics = createCrmMetrics();
  const crms = config.crms.map((connect) =>
    connect({
      now,
      timeout: callTimeout,
      onCall: (crm, operation, result) => metrics.calls.inc({ crm, operation, result }),
    }),
  );

  watchQuotas(metrics.registry, crms);
  const sources = config.openSources({ http, now });
  const ask = createAskSource(sources, now);
  const files = readSourceFiles(sources, ask, (source, result) =>
    metrics.fileReads.inc({ source, result }),
  );
  const fields = createSourceFields(sources, ask, (source, operation, result) =>
    metrics.fieldCalls.inc({ source, operation, result }),
  );
  await removeLeftFiles(now());

  await using stack = new AsyncDisposableStack();
  const store = stack.use(
    openWhenReachable(
      { ...config.store, onError: (error) => log.warn({ error }, "database connection lost") },
      (error) => log.warn({ error }, "waiting for the database"),
    ),
  );
  const followAll = async (opened: Store) => {
    const following = await Promise.all(
      crms.flatMap((crm) => {
        const tools = { log, metrics, alert: createAlert(log) };
        return [
          followCrm(opened, crm, { ...tools, fields }),
          followFiles(opened, crm, files, tools),
          followWriteBack({ store: opened, crm, fields }, tools),
        ];
      }),
    );
    return following.filter((one) => one !== null);
  };
  let isStopping = false;
  const following = store.opened.then((opened) => (isStopping ? [] : followAll(opened)));
  following.catch(fail);
  stack.defer(async () => {
    isStopping = true;
    const all = store.current() === null ? [] : await following;
    await Promise.all(all.map((one) => one.stop()));
  });

  const ready = async () => ping(store.reached());
  watchDeadLetters(metrics.registry, async () => countDeadLetters(store.reached()));
  const app = express().disable("x-powered-by").use(healthRoutes(ready, metrics.registry));
  const listening = stack.use(await serve(app, config.port, "CRM_SYNC_PORT"));
  log.info({ port: listening.port, crms: crms.map(({ id }) => id) }, "listening");
  return stack.move();
});
