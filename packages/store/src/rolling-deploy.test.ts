import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { follow, type Following } from "./queue/follow.ts";
import { record } from "./recording/record.ts";
import type { Store } from "./store.ts";
import { aDelivery, aFact, aReport, openTestStore } from "./testing/index.ts";

let store: Store;
let following: Following;
let brought: string[];
beforeEach(async () => {
  store = await openTestStore();
  brought = [];
  const bring = async ({ contract }: { contract: { externalId: string } }) => {
    brought.push(contract.externalId);
    return "called" as const;
  };
  following = await follow(store, "slack", bring, { concurrency: 2 });
});
afterEach(async () => {
  await following.stop();
  await store.close();
});

/** A contract that has changed without a wake-up. */
async function changeUnheard(externalId: string) {
  await store.queue.unsubscribe("contract.changed", "slack");
  await record(store, aDelivery(externalId), aReport(externalId, aFact("contract.sent")));
}

it.each<[string, object]>([
  ["an older version, with the contract's id alone", {}],
  ["a newer version, with more than we know", { reason: "signed", trace: { id: 7 }, version: "3" }],
])("takes a job of %s", async (_whose, more) => {
  await changeUnheard("a");
  await store.queue.send("slack", { contractId: "docusign/a", ...more });
  await vi.waitFor(() => expect(brought).toEqual(["a"]), { timeout: 8_000, interval: 20 });
});
