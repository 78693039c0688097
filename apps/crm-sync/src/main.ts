import { createLog, healthRoutes, run, serve, watchDeadLetters } from "@countersign/service";
import { countDeadLetters, openWhenReachable, ping, type Store } from "@countersign/store";
import express from "express";
import { readConfig } from "./config.ts";
import { followCrm } from "./follow-crm.ts";
import { createCrmMetrics } from "./metrics.ts";

/** A CRM's own automation may run for each of the deals that one call writes. Milliseconds. */
const callTimeout = 30_000;

const log = createLog("crm-sync", process.env["LOG_LEVEL"] ?? "info");

await run(log, async (fail) => {
  const config = readConfig(process.env);
  const metrics = createCrmMetrics();
  const crms = config.crms.map((connect) =>
    connect({
      now: () => new Date(),
      timeout: callTimeout,
      onCall: (crm, operation, result) => metrics.calls.inc({ crm, operation, result }),
    }),
  );

  await using stack = new AsyncDisposableStack();
  const store = stack.use(
    openWhenReachable(
      { ...config.store, onError: (error) => log.warn({ error }, "database connection lost") },
      (error) => log.warn({ error }, "waiting for the database"),
    ),
  );
  const followAll = (opened: Store) =>
    Promise.all(crms.map((crm) => followCrm(opened, crm, log, metrics)));
  const following = store.opened.then(followAll);
  following.catch(fail);
  stack.defer(async () => {
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
