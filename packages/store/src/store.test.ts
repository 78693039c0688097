import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { expect, it } from "vitest";
import { openWhenReachable } from "./open-when-reachable.ts";
import { openReader, openStore, ping } from "./store.ts";
import { openTestStore, testDatabaseUrl } from "./testing/index.ts";

it("is brought up to date once when several apps start together", async () => {
  const schema = `test_${randomBytes(6).toString("hex")}`;
  const stores = await Promise.all([1, 2, 3].map(() => openTestStore({ schema })));
  const [first] = stores;
  const applied = await first?.database.query<{ name: string }>(
    "select name from migrations order by applied_at, name",
  );
  const files = await readdir(new URL("migrations/", import.meta.url));
  expect(applied?.rows.map(({ name }) => name)).toEqual(files.toSorted());
  await Promise.all(stores.map((store) => ping(store)));
  for (const store of stores) await store.close();
});

it("refuses a schema name that is more than a name", async () => {
  const open = openStore({ url: testDatabaseUrl(), applicationName: "t", schema: "a; drop" });
  await expect(open).rejects.toThrow(/may hold only/);
});

it("waits for a database that is not there yet, and can be called off", async () => {
  const waits: unknown[] = [];
  const url = "postgres://nobody@127.0.0.1:9/none";
  const coming = openWhenReachable({ url, applicationName: "t" }, (error) => waits.push(error));
  await expect.poll(() => waits.length).toBeGreaterThan(0);
  expect(coming.current()).toBeNull();
  await coming[Symbol.asyncDispose]();
});

it("does not wait for a password to become right", async () => {
  const url = testDatabaseUrl().replace(/\/[^/]*$/, "/no_such_database");
  const coming = openWhenReachable({ url, applicationName: "t" }, () => undefined);
  await expect(coming.opened).rejects.toMatchObject({ code: "3D000" });
});

it("reads without changing anything", async () => {
  await using reader = openReader({
    url: testDatabaseUrl(),
    applicationName: "t",
    schema: "no_such",
  });
  await expect(reader.database.query("select * from contracts")).rejects.toMatchObject({
    code: "42P01",
  });
});

it("outlives the connections that the database cuts, idle or at work", async () => {
  const errors: Error[] = [];
  await using store = await openTestStore({
    applicationName: "cut off",
    onError: (error) => errors.push(error),
  });
  const cut = `select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'cut off' and pid <> pg_backend_pid()`;
  const lent = await store.database.connect();
  const noticed = once(lent, "error");
  await store.database.query(cut);
  await noticed;
  lent.release(true);
  expect(errors.length).toBeGreaterThan(0);
  await expect(store.database.query("select 1 as one")).resolves.toMatchObject({
    rows: [{ one: 1 }],
  });
});
