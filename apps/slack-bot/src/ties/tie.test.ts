import type { Contract } from "@countersign/core";
import { readContract, readTies, saveDeal, saveLink, type Store } from "@countersign/store";
import { aDelivery, aReport, openTestStore } from "@countersign/store/testing";
import { record } from "@countersign/store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { described, signing } from "../testing/contracts.ts";
import { tie, untie } from "./tie.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
  for (const queue of ["slack", "hubspot", "salesforce"]) await store.queue.createQueue(queue);
});
afterAll(async () => store.close());

const ports = {
  dealFields: { hubspot: "hubspot_deal_id", salesforce: "salesforce_opportunity_id" },
  sources: {
    providerOf: () => ({ id: "docusign", title: "DocuSign" }),
    names: ["docusign"],
    canRemind: () => false,
    remind: async () => ({ outcome: "missing" }) as const,
  },
};

let count = 0;

async function contract(fields: Record<string, string> = {}): Promise<Contract> {
  count += 1;
  const externalId = `c${count}`;
  const report = aReport(externalId, described({ fields }), signing.sent);
  await record(store, aDelivery(externalId), report);
  const stored = await readContract(store.database, `docusign/${externalId}`);
  if (stored === null) throw new Error("There is no such contract.");
  return stored.contract;
}

/** How often each destination was asked to look at the contract. */
async function asked(contractId: string): Promise<Record<string, number>> {
  const { rows } = await store.database.query<{ destination: string; asked: string }>(
    "select destination, asked from followed where contract_id = $1 and asked > 0",
    [contractId],
  );
  return Object.fromEntries(rows.map((row) => [row.destination, Number(row.asked)]));
}

const deal = { crm: "hubspot", recordId: "1001" };

describe("linking", () => {
  it("is kept with who did it, and wakes the CRM and Slack", async () => {
    const { id } = await contract();
    expect(await tie(store, id, deal, "U1")).toEqual({ kind: "tied", before: null });
    const { links } = await readTies(store, id);
    expect(links).toEqual([
      {
        contractId: id,
        destination: "hubspot",
        recordId: "1001",
        foundBy: "person",
        certainty: 1,
        detail: "U1",
      },
    ]);
    expect(await asked(id)).toEqual({ hubspot: 1, slack: 1 });
  });

  it("twice says who did it first, and wakes again in case that was cut off", async () => {
    const { id } = await contract();
    await tie(store, id, deal, "U1");
    expect(await tie(store, id, deal, "U2")).toEqual({ kind: "already", by: "U1" });
    expect((await readTies(store, id)).links).toMatchObject([{ detail: "U1" }]);
    expect(await asked(id)).toEqual({ hubspot: 2, slack: 2 });
  });

  it("takes the place of another deal of that CRM alone", async () => {
    const { id } = await contract();
    const found = { foundBy: "custom-field", certainty: 1, detail: "hubspot_deal_id" } as const;
    await saveLink(store, { contractId: id, destination: "hubspot", recordId: "7", ...found });
    await tie(store, id, { crm: "salesforce", recordId: "006000000000001AAA" }, "U1");
    expect(await tie(store, id, deal, "U1")).toMatchObject({ before: { recordId: "7", ...found } });
    const { links } = await readTies(store, id);
    expect(links.map(({ recordId }) => recordId)).toEqual(["1001", "006000000000001AAA"]);
  });

  it("makes a found tie a person's", async () => {
    const { id } = await contract();
    const found = { foundBy: "rule", certainty: 0.8, detail: "name" } as const;
    await saveLink(store, { contractId: id, destination: "hubspot", recordId: "1001", ...found });
    expect(await tie(store, id, deal, "U1")).toEqual({ kind: "tied", before: null });
    expect((await readTies(store, id)).links).toMatchObject([{ foundBy: "person", detail: "U1" }]);
  });
});

describe("unlinking", () => {
  const asU2 = { crm: null, by: "U2" };

  it("takes the only tie away, names the deal, and is kept with who did it", async () => {
    const made = await contract();
    const unread = { currency: null, stage: null, pipeline: null, account: null, ownerEmail: null };
    const read = { destination: "hubspot", recordId: "1001", name: "Mill", amount: 1, url: null };
    await saveDeal(store, { ...read, ...unread });
    await tie(store, made.id, deal, "U1");
    const untied = await untie(store, ports, made, asU2);
    expect(untied).toEqual({ kind: "untied", ...deal, name: "Mill" });
    const { links, removed } = await readTies(store, made.id);
    expect([links, removed]).toMatchObject([[], [{ recordId: "1001", detail: "U2" }]]);
    expect(await asked(made.id)).toEqual({ hubspot: 2, slack: 2 });
    expect(await untie(store, ports, made, asU2)).toEqual({ kind: "none" });
  });

  it("holds against the contract's own field, also before the CRM was brought to it", async () => {
    const made = await contract({ hubspot_deal_id: "4711" });
    expect(await untie(store, ports, made, asU2)).toMatchObject({ recordId: "4711" });
    expect((await readTies(store, made.id)).removed).toMatchObject([{ recordId: "4711" }]);
    expect(await untie(store, ports, made, asU2)).toEqual({ kind: "none" });
    await tie(store, made.id, deal, "U1");
    expect((await readTies(store, made.id)).removed).toEqual([]);
  });

  it("asks which one, of several", async () => {
    const made = await contract({ salesforce_opportunity_id: "006000000000001AAA" });
    await tie(store, made.id, deal, "U1");
    const which = await untie(store, ports, made, asU2);
    expect(which).toEqual({ kind: "which", crms: ["hubspot", "salesforce"] });
    const one = await untie(store, ports, made, { crm: "salesforce", by: "U2" });
    expect(one).toMatchObject({ kind: "untied", crm: "salesforce" });
    expect((await readTies(store, made.id)).links).toMatchObject([{ recordId: "1001" }]);
  });
});
