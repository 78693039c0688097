import { afterEach, beforeEach, expect, it } from "vitest";
import type { Store } from "./store.ts";
import { openTestStore } from "./testing/index.ts";

let one: Store;
let other: Store;
beforeEach(async () => {
  one = await openTestStore({ maxConnections: 2, applicationName: "locks test" });
  other = await openTestStore();
});
afterEach(async () => {
  await one.close();
  await other.close();
});

/** Work that goes on until it is let go, under a lock that is held when this returns. */
async function holding(store: Store, name: string) {
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<string>();
  const ended = store.locks.whileAlone(name, () => {
    begun.resolve();
    return end.promise;
  });
  await begun.promise;
  return { ended, letGo: () => end.resolve("done") };
}

it("keeps others off in this process and in others, until the work has ended", async () => {
  const { ended, letGo } = await holding(one, "a");
  expect(await one.locks.whileAlone("a", async () => "twice")).toBeNull();
  expect(await other.locks.whileAlone("a", async () => "twice")).toBeNull();
  letGo();
  expect(await ended).toBe("done");
  expect(await other.locks.whileAlone("a", async () => "next")).toBe("next");
});

it("lets go when the work fails", async () => {
  const failing = one.locks.whileAlone("a", () => Promise.reject(new Error("failed")));
  await expect(failing).rejects.toThrow("failed");
  expect(await other.locks.whileAlone("a", async () => "next")).toBe("next");
});

it("leaves connections to the queries, however many locks are held", async () => {
  const held = await Promise.all(["a", "b", "c", "d", "e"].map((name) => holding(one, name)));
  await expect(one.database.query("select 1 as one")).resolves.toMatchObject({
    rows: [{ one: 1 }],
  });
  for (const { letGo } of held) letGo();
  const ends = await Promise.all(held.map(({ ended }) => ended));
  expect(ends).toEqual(Array.from({ length: 5 }, () => "done"));
});

it("holds nothing up once its connection is gone, and takes locks on a new one", async () => {
  const { ended, letGo } = await holding(one, "a");
  await other.database.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'locks test'",
  );
  await expect.poll(() => other.locks.whileAlone("a", async () => "taken")).toBe("taken");
  letGo();
  expect(await ended).toBe("done");
  await expect.poll(() => one.locks.whileAlone("b", async () => "again")).toBe("again");
});

it("has nothing to do with its connection once it is closed", async () => {
  expect(await one.locks.whileAlone("a", async () => "taken")).toBe("taken");
  const { totalCount } = one.database;
  await one.locks.close();
  const all = await Promise.all(Array.from({ length: totalCount }, () => one.database.connect()));
  for (const connection of all) {
    expect(() => connection.emit("error", new Error("It broke for its next user."))).not.toThrow();
  }
  for (const connection of all) connection.release(true);
});
