import { createLog, healthRoutes, run, serve } from "@countersign/service";
import { openWhenReachable, ping, type Store } from "@countersign/store";
import express from "express";
import { readConfig } from "./config.ts";
import { followCrm } from "./follow-crm.ts";
import { createCrmMetrics } from "./metrics.ts";

const callTimeout = 10_000;

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

  const ready = async () => {
    const opened = store.current();
    if (opened === null) throw new Error("The database has not been reached yet.");
    await ping(opened);
  };
  const app = express().disable("x-powered-by").use(healthRoutes(ready, metrics.registry));
  const listening = stack.use(await serve(app, config.port, "CRM_SYNC_PORT"));
  log.info({ port: listening.port, crms: crms.map(({ id }) => id) }, "listening");
  return stack.move();
});
