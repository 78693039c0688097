import { saveDeal, saveLink } from "@countersign/store";
import { beforeAll, expect, it } from "vitest";
import { asMeant, findMeant } from "./find-meant.ts";
import { openStage } from "./testing/stage.ts";

const stage = openStage();
const ofDeal = "https://app.hubspot.com/contacts/44/record/0-3/555001";
const ofOpportunity =
  "https://northgate.lightning.force.com/lightning/r/Opportunity/006000000000001AAA/view";
let externalId: string;

beforeAll(async () => {
  const url = "https://app.docusign.com/documents/details/7f2b9a10-1111-2222-3333-444455556666";
  await stage().contract("Heron lease", { url });
  const tied = await stage().contract("Egret lease");
  externalId = tied.externalId;
  for (const [destination, recordId] of [
    ["hubspot", "555001"],
    ["salesforce", "006000000000001AAA"],
  ] as const) {
    const found = { foundBy: "person", certainty: 1, detail: "U1" } as const;
    await saveLink(stage().store, { contractId: tied.id, destination, recordId, ...found });
  }
  const other = await stage().contract("Ibis lease");
  await saveLink(stage().store, {
    contractId: other.id,
    destination: "hubspot",
    recordId: "555001",
    foundBy: "person",
    certainty: 1,
    detail: "U1",
  });
  await stage().contract("Stork lease", { fields: { hubspot_deal_id: "555777" } });
  await saveDeal(stage().store, {
    destination: "hubspot",
    recordId: "555001",
    name: null,
    amount: null,
    currency: null,
    stage: null,
    pipeline: null,
    account: null,
    ownerEmail: null,
    url: ofDeal,
  });
});

async function find(words: string): Promise<(string | null)[]> {
  const found = await findMeant(stage().ports, words, 5);
  return found.map(({ title }) => title);
}

it.each([
  ["words", "heron lea", ["Heron lease"]],
  ["words in quotes", "“heron lease”", ["Heron lease"]],
  ["the id of a deal", "555001", ["Ibis lease", "Egret lease"]],
  ["a short id of Salesforce", "006000000000001", ["Egret lease"]],
  ["a deal that its custom field names", "555777", ["Stork lease"]],
  ["the address of a deal, as Slack writes it", `<${ofDeal}>`, ["Ibis lease", "Egret lease"]],
  ["that with more behind it", `${ofDeal}/view?x=1`, ["Ibis lease", "Egret lease"]],
  ["the address of an opportunity", ofOpportunity, ["Egret lease"]],
  [
    "an address with the id of a deal that only a field names",
    ofDeal.replace("555001", "555777"),
    ["Stork lease"],
  ],
  [
    "the address of a contract",
    "https://app.docusign.com/documents/details/7f2b9a10-1111-2222-3333-444455556666",
    ["Heron lease"],
  ],
  ["an address that names nothing", "https://example.com/some-page/12345678", []],
])("finds contracts by %s", async (_, words, expected) => {
  expect(await find(words)).toEqual(expected);
});

it("finds a contract by its id in another address of its provider", async () => {
  expect(await find(externalId)).toEqual(["Egret lease"]);
  const address = `https://apps.docusign.com/send/documents/details/${externalId}?tab=1`;
  expect(await find(address)).toEqual(["Egret lease"]);
});

it("reads what was typed without quotes and without what Slack made of it", () => {
  expect(asMeant(' «Mill "lease"» &amp; more ')).toBe("Mill  lease   & more");
});
