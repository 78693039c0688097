import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { record } from "../recording/record.ts";
import type { Store } from "../store.ts";
import { aDelivery, aFact, aReport, openTestStore } from "../testing/index.ts";
import { follow } from "./follow.ts";
import { whileAlone } from "./while-alone.ts";

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

it("waits for a look at the contract, and for one of no other destination", async () => {
  const looks = { begun: 0, ended: 0 };
  const held = Promise.withResolvers<void>();
  const following = await follow(
    store,
    "slack",
    async () => {
      looks.begun += 1;
      await held.promise;
      looks.ended += 1;
      return "called";
    },
    { concurrency: 1 },
  );
  await record(store, aDelivery("a"), aReport("a", aFact("contract.sent")));
  await vi.waitFor(() => expect(looks.begun).toBe(1), { timeout: 8_000 });
  const seen: [string, number][] = [];
  const see = (who: string) => async () => seen.push([who, looks.ended]);
  const own = whileAlone(store, "slack", "docusign/a", see("slack"));
  expect(await whileAlone(store, "hubspot", "docusign/a", see("hubspot"))).toBe(1);
  held.resolve();
  expect(await own).toBe(2);
  expect(seen).toEqual([
    ["hubspot", 0],
    ["slack", 1],
  ]);
  await following.stop();
});

it("gives up where the lock does not come free", { timeout: 20_000 }, async () => {
  const release = Promise.withResolvers<void>();
  const holding = whileAlone(store, "slack", "docusign/a", () => release.promise);
  await vi.waitFor(async () => {
    const taken = await store.locks.whileAlone(`${store.schema} slack docusign/a`, async () => 1);
    expect(taken).toBeNull();
  });
  expect(await whileAlone(store, "slack", "docusign/a", async () => 1)).toBeNull();
  release.resolve();
  await holding;
});
