import { afterAll, beforeAll, expect, it } from "vitest";
import type { Store } from "../store.ts";
import { openTestStore } from "../testing/index.ts";
import { readBacklog } from "./backlog.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
  await store.queue.createQueue("slack");
  await store.queue.createQueue("hubspot");
});
afterAll(async () => store.close());

it("counts what waits for a destination, and says since when", async () => {
  expect(await readBacklog(store, "slack")).toEqual({ waiting: 0, since: null });
  const before = Date.now() - 60_000;
  await store.queue.send("slack", { contractId: "a" });
  await store.queue.send("slack", { contractId: "b" }, { startAfter: 60 });
  await store.queue.send("hubspot", { contractId: "a" });
  const { waiting, since } = await readBacklog(store, "slack");
  expect(waiting).toBe(2);
  expect(since?.getTime()).toBeGreaterThan(before);
  await store.queue.fetch("slack");
  expect(await readBacklog(store, "slack")).toMatchObject({ waiting: 1 });
});
