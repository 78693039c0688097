import { afterAll, beforeAll, expect, it } from "vitest";
import { record } from "../recording/record.ts";
import type { Store } from "../store.ts";
import { aDelivery, aFact, aReport, openTestStore } from "../testing/index.ts";
import { markFollowed, markStuck, registerDestination } from "./cursor.ts";
import { readProgress } from "./progress.ts";

let store: Store;
let now = new Date("2026-05-04T09:00:00Z");
beforeAll(async () => {
  store = await openTestStore({ now: () => now });
  for (const destination of ["hubspot", "salesforce", "slack"]) {
    await registerDestination(store, destination);
  }
});
afterAll(async () => store.close());

async function progress(): Promise<string[]> {
  const read = await readProgress(store, "docusign/a");
  return read.map(({ destination, standing }) => `${destination} ${standing}`);
}

it("says of each destination whether it shows the contract as it is now", async () => {
  expect(await progress()).toEqual([]);
  await record(store, aDelivery("1"), aReport("a", aFact("contract.sent")));
  const seen = { contractId: "docusign/a", version: 1, asked: 0, answered: 0 };
  await markFollowed(store, "slack", seen);
  await markStuck(store, "salesforce", seen);
  expect(await progress()).toEqual(["hubspot behind", "salesforce gave-up", "slack current"]);
  await record(store, aDelivery("2"), aReport("a", aFact("contract.completed")));
  expect(await progress()).toEqual(["hubspot behind", "salesforce behind", "slack behind"]);
  now = new Date("2026-07-04T09:00:00Z");
  await registerDestination(store, "teams");
  expect((await progress()).at(-1)).toBe("teams too-old");
});
