import { afterAll, beforeAll, expect, it } from "vitest";
import { readAtRecord, readText, type AskedAtRecord } from "./at-record.ts";
import { readLinkedContracts } from "./contract-lists.ts";
import { claimEffect, settleEffect } from "./effects.ts";
import { readDone, readEffects } from "./read-effects.ts";
import { readEvents } from "./events.ts";
import { saveFoundLink } from "./links.ts";
import { record } from "./recording/record.ts";
import type { Store } from "./store.ts";
import { aDelivery, aFact, aReport, openTestStore } from "./testing/index.ts";

let store: Store;
afterAll(async () => store.close());

/** By contract: the record of each CRM that it is linked to. */
const links = {
  "docusign/one": { hubspot: "1001", salesforce: "0061" },
  "docusign/two": { hubspot: "1001", salesforce: "0062" },
  "docusign/three": { hubspot: "1003" },
};

beforeAll(async () => {
  store = await openTestStore();
  for (const [contractId, records] of Object.entries(links)) {
    const name = contractId.replace("docusign/", "");
    const facts = [aFact("contract.sent"), aFact("contract.viewed")];
    await record(store, aDelivery(name), aReport(name, ...facts));
    for (const [destination, recordId] of Object.entries(records)) {
      const found = { foundBy: "custom-field", certainty: 1, detail: "deal" } as const;
      await saveFoundLink(store, { contractId, destination, recordId, ...found });
      for (const [nth, isDone] of [true, true, false].entries()) {
        await change({ contractId, destination, recordId }, nth, isDone);
      }
    }
  }
});

async function change({ recordId, ...of }: AskedAtRecord, nth: number, isDone: boolean) {
  const key = `${of.destination}/${of.contractId}/${nth}`;
  const plan = { stage: "sent", fields: { amount: nth, at: "2026-05-01T00:00:00Z" } };
  const planned = { ...of, key, target: recordId, kind: "deal.update", plan, before: { nth } };
  const { effect } = await claimEffect(store, planned);
  if (isDone) await settleEffect(store, effect.id, { status: "done", outsideId: recordId });
}

async function readEach({ destination, contractId, recordId }: AskedAtRecord) {
  const linked = await readLinkedContracts(store, destination, recordId);
  const effects = await readEffects(store, contractId, destination);
  return {
    others: linked.filter(({ contract }) => contract.id !== contractId),
    events: await readEvents(store.database, contractId),
    planned: effects.filter(({ status }) => status === "planned"),
    done: await readDone(store, destination, recordId),
  };
}

it("reads the same at once as each by itself, for many who ask together", async () => {
  const asked = Object.entries(links).flatMap(([contractId, records]) =>
    Object.entries(records).map(([destination, recordId]) => ({
      destination,
      contractId,
      recordId,
    })),
  );
  const together = await Promise.all(asked.map((one) => readAtRecord(store, one)));
  const each = await Promise.all(asked.map(readEach));
  expect(together).toEqual(each);
  const [first] = together;
  expect(first?.others.map(({ contract }) => contract.id)).toEqual(["docusign/two"]);
  expect([first?.events.length, first?.planned.length, first?.done.length]).toEqual([2, 1, 4]);
});

it("reads what was done to a record by each of the ids that it has had", async () => {
  const [contractId, destination] = ["docusign/three", "hubspot"];
  const ofBoth = { destination, contractId, recordId: "1003", formerIds: ["1001", "none"] };
  const [both, one] = await Promise.all([
    readAtRecord(store, ofBoth),
    readAtRecord(store, { destination, contractId, recordId: "1003" }),
  ]);
  expect(one.done.map(({ target }) => target)).toEqual(["1003", "1003"]);
  expect(both.done.map(({ target }) => target).toSorted()).toEqual([
    "1001",
    "1001",
    "1001",
    "1001",
    "1003",
    "1003",
  ]);
});

it("finds nothing of what nobody knows", async () => {
  const nothing = { others: [], events: [], planned: [], done: [] };
  const asked = { destination: "hubspot", contractId: "docusign/none", recordId: "9" };
  expect(await readAtRecord(store, asked)).toEqual(nothing);
});

it("looks up by key, also by a plan that was made while the tables were empty", async () => {
  await using empty = await openTestStore();
  const { rows } = await empty.database.query<{ "QUERY PLAN": string }>(
    `explain (generic_plan) ${readText}`,
  );
  const found = rows.flatMap((row) => /Index Cond: (.*)/.exec(row["QUERY PLAN"])?.[1] ?? []);
  expect(found).toEqual([
    "((destination = asked.destination) AND (record_id = asked.record_id))",
    "(id = links.contract_id)",
    "(contract_id = asked_1.contract_id)",
    "(contract_id = asked_2.contract_id)",
    "((destination = asked_3.destination) AND (target = asked_3.record_id) AND (called_at IS NOT NULL))",
    "((destination = asked_4.destination) AND (target = former.record_id) AND (called_at IS NOT NULL))",
  ]);
});
