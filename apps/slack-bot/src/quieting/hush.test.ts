import { readQuieted, record, type Store } from "@countersign/store";
import { aDelivery, aFact, aReport, openTestStore } from "@countersign/store/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { hush, unhush } from "./hush.ts";

let store: Store;
let ahead = 0;
beforeAll(async () => {
  store = await openTestStore({ now: () => new Date(Date.now() + ahead) });
  await store.queue.createQueue("slack");
});
afterAll(async () => store.close());

async function audience(externalId: string) {
  await record(store, aDelivery(externalId), aReport(externalId, aFact("contract.sent")));
  return { workspace: "", audience: "U1", contractId: `docusign/${externalId}` };
}

async function laterWakes(contractId: string) {
  const { rows } = await store.database.query<{ start_after: Date }>(
    `select start_after from ${store.schema}_queue.job
     where name = 'slack-later' and data ->> 'contractId' = $1`,
    [contractId],
  );
  return rows.map((row) => row.start_after.getTime());
}

it("mutes for good", async () => {
  const mine = await audience("a");
  await hush(store, { ...mine, until: null, by: "U1" });
  await hush(store, { ...mine, until: null, by: "U1" });
  expect(await readQuieted(store, mine.contractId)).toEqual([
    { ...mine, until: null, madeBy: "U1" },
  ]);
  expect(await unhush(store, mine)).toBe(true);
  expect(await unhush(store, mine)).toBe(false);
  expect(await readQuieted(store, mine.contractId)).toEqual([]);
});

it("snoozes until a time, and has the contract looked at then", async () => {
  const mine = await audience("b");
  const until = new Date(Date.now() + 3_600_000);
  await hush(store, { ...mine, until, by: "U2" });
  expect(await readQuieted(store, mine.contractId)).toMatchObject([{ until, madeBy: "U2" }]);
  const [wakes = 0, ...others] = await laterWakes(mine.contractId);
  expect(others).toEqual([]);
  expect(wakes).toBeGreaterThan(until.getTime());
  expect(wakes).toBeLessThan(until.getTime() + 5_000);
});

it("is not quiet any more when the snooze has ended", async () => {
  const mine = await audience("c");
  await hush(store, { ...mine, until: new Date(Date.now() + 60_000), by: "U1" });
  ahead = 120_000;
  expect(await unhush(store, mine)).toBe(false);
  ahead = 0;
});

it("ends for one audience alone", async () => {
  const mine = await audience("d");
  const channels = { ...mine, audience: "C1" };
  await hush(store, { ...mine, until: null, by: "U1" });
  await hush(store, { ...channels, until: null, by: "U1" });
  expect(await unhush(store, channels)).toBe(true);
  expect(await readQuieted(store, mine.contractId)).toMatchObject([mine]);
});
