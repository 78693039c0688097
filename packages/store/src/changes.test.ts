import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openChanges } from "./changes.ts";
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

it("keeps no connection on which it could not listen", async () => {
  const changes = openChanges(database, 'no"channel', true);
  changes.listen(() => undefined);
  await sleep(200);
  await expect(database.query("select 1 as one")).resolves.toMatchObject({ rows: [{ one: 1 }] });
  await changes.close();
});

it("listens again when its connection is gone", async () => {
  const other = openTestDatabase(testDatabaseUrl());
  const changes = openChanges(database, "listening", true);
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
  const changes = openChanges(database, "directed", true);
  const told = { slack: 0, hubspot: 0 };
  changes.listen(() => (told.slack += 1), "slack");
  changes.listen(() => (told.hubspot += 1), "hubspot");
  await expect.poll(() => told).toEqual({ slack: 1, hubspot: 1 });
  const announced = [...changes.announcementTo("slack"), ...changes.announcement];
  for (const { text, values } of announced) await other.query(text, values);
  await expect.poll(() => told).toEqual({ slack: 3, hubspot: 2 });
  await changes.close();
  await other.end();
});

it("does not connect any more when it was closed while it tried to", async () => {
  const nowhere = openTestDatabase("postgres://nobody@127.0.0.1:1/nowhere");
  const connect = vi.spyOn(nowhere, "connect");
  const changes = openChanges(nowhere, "nowhere", true);
  changes.listen(() => undefined);
  await changes.close();
  await sleep(1_300);
  expect(connect).toHaveBeenCalledTimes(1);
  await nowhere.end();
});
