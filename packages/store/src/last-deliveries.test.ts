import { afterAll, beforeAll, expect, it } from "vitest";
import { readLastDeliveries } from "./last-deliveries.ts";
import { record } from "./recording/record.ts";
import type { Store } from "./store.ts";
import { aDelivery, aFact, aReport, openTestStore } from "./testing/index.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(async () => store.close());

const at = (time: string) => ({ receivedAt: new Date(`2026-05-04T${time}:00Z`) });

it("knows when each source was last heard of, also by a repetition", async () => {
  const say = (body: string, more: Parameters<typeof aDelivery>[1]) =>
    record(store, aDelivery(body, more), aReport(body, aFact("contract.sent")));
  await say("one", at("09:00"));
  await say("two", at("10:00"));
  await say("one", at("11:00"));
  await say("three", { ...at("08:00"), source: "sales" });
  const last = await readLastDeliveries(store, ["docusign", "sales", "silent"]);
  expect(Object.fromEntries(last)).toEqual({
    docusign: new Date("2026-05-04T11:00:00Z"),
    sales: new Date("2026-05-04T08:00:00Z"),
  });
});
