import type { Contract } from "@countersign/core";
import { record, saveDeal, saveUnmatched, type Store, type StoredDeal } from "@countersign/store";
import { aDelivery, aReport, openTestStore } from "@countersign/store/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contractOf, described, eventsOf, signing } from "../testing/contracts.ts";
import { bestOf, findCandidates } from "./candidates.ts";

function contract(more: Partial<Contract> = {}): Contract {
  const recipients = [
    { key: "1", name: "Ann", email: "ann@mail.acme-mills.co.uk" },
    { key: "2", name: "Bob", email: "bob@gmail.com" },
  ];
  const title = "Order form: Kestrel Freight, yearly licence";
  const told = described({ title, recipients, amount: { value: 24_000, currency: "USD" } });
  const sender = { name: "Dana", email: "dana@northgate.example" };
  return { ...contractOf(eventsOf(told, signing.sent)), sender, ...more };
}

function deal(recordId: string, more: Partial<StoredDeal> = {}): StoredDeal {
  const known = { name: null, amount: null, currency: null, stage: null, pipeline: null };
  return {
    destination: "hubspot",
    recordId,
    ...known,
    account: null,
    ownerEmail: null,
    url: null,
    ...more,
  };
}

describe("what speaks for a deal", () => {
  it.each<[string, Partial<StoredDeal>, string[]]>([
    ["the amount", { amount: 24_000, currency: "USD" }, ["amount"]],
    ["the amount without a currency", { amount: 24_000 }, ["amount"]],
    ["the amount of another currency", { amount: 24_000, currency: "EUR" }, []],
    ["another amount", { amount: 23_999, currency: "USD" }, []],
    ["the account in the title", { account: "Kestrel Freight Ltd" }, ["account"]],
    ["half of the account", { account: "Kestrel Airlines" }, []],
    ["a signer's company as the account", { account: "Acme Mills" }, ["signer"]],
    ["a signer's company in the name", { name: "Acme: renewal" }, ["signer"]],
    ["two words of the name", { name: "kestrel FREIGHT renewal" }, ["name"]],
    ["one word of the name", { name: "Freight forwarding" }, []],
    ["only words that all have", { name: "Order form" }, []],
    ["a mail provider", { account: "Gmail" }, []],
    ["the sender's own company", { account: "Northgate" }, []],
  ])("%s", (_, known, reasons) => {
    const found = bestOf(contract(), [deal("1", known)]);
    expect(found.flatMap((candidate) => candidate.reasons)).toEqual(reasons);
  });

  it("puts first what most speaks for, and names five", () => {
    const freight = { name: "Kestrel Freight" };
    const deals = [
      ...["6", "5", "4", "3"].map((id) => deal(id, freight)),
      deal("2", { ...freight, account: "Kestrel Freight" }),
      deal("1", { amount: 24_000, account: "Kestrel Freight" }),
      deal("0"),
    ];
    expect(bestOf(contract(), deals).map(({ recordId }) => recordId)).toEqual([
      "1",
      "2",
      "3",
      "4",
      "5",
    ]);
  });

  it("says nothing of a contract of which nothing is known", () => {
    const unknown = contract({ title: null, amount: null, recipients: [], sender: null });
    expect(bestOf(unknown, [deal("1", { name: "Kestrel", amount: 0 })])).toEqual([]);
  });
});

describe("in the database", () => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore();
  });
  afterAll(async () => store.close());

  it("finds deals of the CRMs that are asked for", async () => {
    await saveDeal(store, deal("1", { name: "Kestrel Freight" }));
    await saveDeal(store, deal("2", { amount: 24_000 }));
    await saveDeal(store, deal("3", { account: "ACME-MILLS" }));
    await saveDeal(store, deal("4", { name: "100% of _ %" }));
    await saveDeal(
      store,
      deal("006000000000001AAA", { destination: "salesforce", amount: 24_000 }),
    );
    const ids = async (crms: string[], of = contract()) =>
      (await findCandidates(store, of, crms)).map(({ recordId }) => recordId);
    expect(await ids(["hubspot"])).toEqual(["2", "3", "1"]);
    expect(await ids(["salesforce"])).toEqual(["006000000000001AAA"]);
    expect(await ids([])).toEqual([]);
    expect(
      await ids(["hubspot"], contract({ title: "% _", amount: null, recipients: [] })),
    ).toEqual([]);
  });

  it("offers first what crm-sync found, with its reasons, and each deal once", async () => {
    const id = "docusign/found";
    await record(store, aDelivery("found"), aReport("found", described(), signing.sent));
    const shown = { name: "Mill", account: null, amount: null, currency: null, ownerEmail: null };
    await saveUnmatched(store, {
      contractId: id,
      destination: "hubspot",
      evidence: "e",
      domains: [],
      candidates: [{ recordId: "3", score: 0.7, reasons: ["Ann is a contact of the deal"], shown }],
    });
    const found = await findCandidates(store, contract({ id }), ["hubspot"]);
    expect(found.map(({ recordId }) => recordId)).toEqual(["3", "2", "1"]);
    expect(found[0]?.reasons).toEqual([{ said: "Ann is a contact of the deal" }]);
    expect(await findCandidates(store, contract({ id }), ["salesforce"])).toHaveLength(1);
  });
});
