import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openChanges, type ChangesPorts } from "./changes.ts";
import { openDatabase, type Database } from "./database.ts";
import { testDatabaseUrl } from "./testing/index.ts";

let database: Database;
beforeEach(() => {
  database = openTestDatabase(testDatabaseUrl());
});
afterEach(async () => {
  await database.end();
});

function openTestDatabase(url: string): Database {
  const options = { url, schema: "public", applicationName: "changes test", maxConnections: 1 };
  return openDatabase(options, () => undefined);
}

function ports(schema: string): ChangesPorts {
  return { database, bookkeeping: database, schema, canNotify: true };
}

it("keeps no connection on which it could not listen", async () => {
  const changes = openChanges(ports('no"channel'));
  changes.listen(() => undefined);
  await sleep(200);
  await expect(database.query("select 1 as one")).resolves.toMatchObject({ rows: [{ one: 1 }] });
  await changes.close();
});

it("listens again when its connection is gone", async () => {
  const other = openTestDatabase(testDatabaseUrl());
  const changes = openChanges(ports("listening"));
  let told = 0;
  changes.listen(() => (told += 1));
  await expect.poll(() => told).toBe(1);
  await other.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'changes test' and pid <> pg_backend_pid()`,
  );
  await expect.poll(() => told, { timeout: 5_000 }).toBe(2);
  await other.query("select pg_notify('listening_changes', '')");
  await expect.poll(() => told).toBe(3);
  await changes.close();
  await other.end();
});

it("tells those who are meant", async () => {
  const other = openTestDatabase(testDatabaseUrl());
  const changes = openChanges({ ...ports("directed"), bookkeeping: other });
  const told = { slack: 0, hubspot: 0 };
  changes.listen(() => (told.slack += 1), "slack");
  changes.listen(() => (told.hubspot += 1), "hubspot");
  await expect.poll(() => told).toEqual({ slack: 1, hubspot: 1 });
  changes.announce("slack");
  await expect.poll(() => told).toEqual({ slack: 2, hubspot: 1 });
  changes.announce();
  await expect.poll(() => told).toEqual({ slack: 3, hubspot: 2 });
  await changes.close();
  await other.end();
});

it("says much at once, and all of it before it closes", async () => {
  const other = openTestDatabase(testDatabaseUrl());
  const query = vi.spyOn(other, "query");
  const [listening, saying] = [
    openChanges(ports("busy")),
    openChanges({ ...ports("busy"), bookkeeping: other }),
  ];
  const told = { slack: 0, hubspot: 0, salesforce: 0 };
  listening.listen(() => (told.slack += 1), "slack");
  listening.listen(() => (told.hubspot += 1), "hubspot");
  listening.listen(() => (told.salesforce += 1), "salesforce");
  await expect.poll(() => told.slack).toBe(1);
  for (let times = 0; times < 50; times += 1)
    saying.announce(times % 2 === 0 ? "slack" : "hubspot");
  await saying.close();
  expect(query).toHaveBeenCalledTimes(1);
  await expect.poll(() => told).toEqual({ slack: 2, hubspot: 2, salesforce: 1 });
  await listening.close();
  await other.end();
});

it("goes on when it could not say", async () => {
  const broken = openTestDatabase("postgres://nobody@127.0.0.1:1/nowhere");
  const changes = openChanges({ ...ports("unsaid"), bookkeeping: broken });
  changes.announce("slack");
  await expect(changes.close()).resolves.toBeUndefined();
  await broken.end();
});

it("does not connect any more when it was closed while it tried to", async () => {
  const nowhere = openTestDatabase("postgres://nobody@127.0.0.1:1/nowhere");
  const connect = vi.spyOn(nowhere, "connect");
  const changes = openChanges({ ...ports("nowhere"), database: nowhere });
  changes.listen(() => undefined);
  await changes.close();
  await sleep(1_300);
  expect(connect).toHaveBeenCalledTimes(1);
  await nowhere.end();
});
