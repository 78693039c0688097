import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { Store } from "../store.ts";
import { openTestStore } from "../testing/index.ts";
import { followSchedules, keepSchedules } from "./schedules.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(async () => store.close());

const present = async () =>
  (await store.queue.getSchedules("digest"))
    .map(({ key, cron, timezone }) => `${key} ${cron} ${timezone}`)
    .toSorted();

it("makes the schedules be those that are wanted", async () => {
  const one = { key: "1", cron: "0 9 * * *", timezone: "Europe/Berlin" };
  const two = { key: "2", cron: "0 9 * * 1", timezone: "UTC" };
  await keepSchedules(store, "digest", [one, two]);
  expect(await present()).toEqual(["1 0 9 * * * Europe/Berlin", "2 0 9 * * 1 UTC"]);
  await keepSchedules(store, "digest", [{ ...one, cron: "0 8 * * *" }]);
  expect(await present()).toEqual(["1 0 8 * * * Europe/Berlin"]);
});

it("runs what is due, and again where it failed", { timeout: 60_000 }, async () => {
  const runs: string[] = [];
  const following = await followSchedules(store, "digest", async (key, due) => {
    runs.push(key);
    expect(due).toBeInstanceOf(Date);
    if (runs.length === 1) throw new Error("not this time");
  });
  await store.queue.send("digest", { key: "1" });
  await vi.waitFor(() => expect(runs).toEqual(["1", "1"]), { timeout: 50_000, interval: 200 });
  await following.stop();
});
