import type { ReportedFact } from "@countersign/core";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  findByRecord,
  findByUrl,
  historySince,
  listContracts,
  readHistory,
  readLinkedContracts,
  readOpen,
} from "./contract-lists.ts";
import { readDeal, saveDeal, saveText, type StoredDeal } from "./deals.ts";
import { readTies, removeLink, saveLink } from "./links.ts";
import { record } from "./recording/record.ts";
import type { Store } from "./store.ts";
import { aDelivery, aFact, aReport, openTestStore } from "./testing/index.ts";

let store: Store;
let now = new Date("2026-05-04T09:00:00Z");

beforeAll(async () => {
  store = await openTestStore({ now: () => now });
  await keep("lease", aFact("contract.sent", { occurredAt: "2026-05-01T09:00:00.000Z" }), {
    sender: { email: "Dana@Northgate.example" },
    url: "https://sign.example/lease",
  });
  now = new Date("2026-05-05T09:00:00Z");
  await keep("nda", aFact("contract.completed", { occurredAt: "2026-05-05T08:00:00.000Z" }), {});
  await keep("offer", aFact("contract.viewed", { occurredAt: "2026-05-04T08:00:00.000Z" }), {});
});
afterAll(async () => store.close());

async function keep(id: string, fact: ReportedFact, description: ReportedFact["description"]) {
  const said = aFact("contract.noted", { occurrence: "said", description });
  await record(store, aDelivery(id), aReport(id, fact, said));
}

const deal: StoredDeal = {
  destination: "hubspot",
  recordId: "1001",
  name: "Lease for Northgate",
  amount: 25_000.5,
  currency: "EUR",
  stage: "Contract sent",
  pipeline: "Sales",
  account: "Northgate",
  ownerEmail: "sam@northgate.example",
  url: "https://crm.example/deals/1001",
};

const link = {
  contractId: "docusign/nda",
  destination: "hubspot",
  recordId: "1001",
  foundBy: "person",
  certainty: 1,
  detail: "U1",
} as const;

const ids = (found: { contract: { externalId: string } }[]) =>
  found.map(({ contract }) => contract.externalId);

it("keeps what was read of a deal, and says whether it is news", async () => {
  expect(await saveDeal(store, deal)).toBe(true);
  expect(await saveDeal(store, deal)).toBe(false);
  expect(await saveDeal(store, { ...deal, stage: "Closed won" })).toBe(true);
  expect(await readDeal(store, "hubspot", "1001")).toEqual({ ...deal, stage: "Closed won" });
  expect(await readDeal(store, "salesforce", "1001")).toBeNull();
});

it("keeps of a deal what it knew and what could not be found out this time", async () => {
  const recordId = "1002";
  const unknown = {
    currency: undefined,
    account: undefined,
    ownerEmail: undefined,
    url: undefined,
  };
  const nothing = { currency: null, account: null, ownerEmail: null, url: null };
  expect(await saveDeal(store, { ...deal, ...unknown, recordId })).toBe(true);
  expect(await readDeal(store, "hubspot", recordId)).toEqual({ ...deal, ...nothing, recordId });
  expect(await saveDeal(store, { ...deal, recordId })).toBe(true);
  expect(await saveDeal(store, { ...deal, ...unknown, recordId })).toBe(false);
  expect(await saveDeal(store, { ...deal, ...unknown, recordId, stage: "Closed won" })).toBe(true);
  expect(await readDeal(store, "hubspot", recordId)).toEqual({
    ...deal,
    recordId,
    stage: "Closed won",
  });
  expect(await saveDeal(store, { ...deal, ...nothing, recordId })).toBe(true);
  expect(await readDeal(store, "hubspot", recordId)).toEqual({ ...deal, ...nothing, recordId });
});

it("looks up the deals that it keeps, also by a plan that was made while there were none", async () => {
  await using empty = await openTestStore();
  const { rows } = await empty.database.query<{ "QUERY PLAN": string }>(
    `explain (generic_plan) ${saveText}`,
  );
  const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
  expect(plan).toMatch(/deals_pkey on deals.*\n\s*Index Cond: /);
});

it("lists contracts by status, by change, in pages", async () => {
  const page = { limit: 10, offset: 0 };
  const list = async (
    ...given: Parameters<typeof listContracts> extends [unknown, ...infer Rest] ? Rest : never
  ) => ids((await listContracts(store, ...given)).contracts);
  expect(await list({}, page)).toEqual(["nda", "offer", "lease"]);
  expect(await list({ statuses: ["sent", "viewed"] }, page)).toEqual(["offer", "lease"]);
  expect(await list({ changedSince: new Date("2026-05-05T00:00:00Z") }, page)).toHaveLength(2);
  expect(await list({}, { limit: 1, offset: 1 })).toEqual(["offer"]);
  expect((await listContracts(store, {}, { limit: 2, offset: 0 })).hasMore).toBe(true);
  expect((await listContracts(store, {}, { limit: 2, offset: 1 })).hasMore).toBe(false);
});

it("finds a contract by its deal, until the tie is taken away", async () => {
  await saveLink(store, link);
  expect(ids(await findByRecord(store, "1001", 5))).toEqual(["nda"]);
  expect((await findByUrl(store, "https://crm.example/deals/1001"))?.contract.externalId).toBe(
    "nda",
  );
  const { contractId, destination } = link;
  expect(await removeLink(store, { contractId, destination, detail: "U2" })).toBe(true);
  expect(await removeLink(store, { contractId, destination, detail: "U2" })).toBe(false);
  expect(await findByRecord(store, "1001", 5)).toEqual([]);
  expect(await findByUrl(store, "https://crm.example/deals/1001")).toBeNull();
  expect(await readTies(store, contractId)).toMatchObject({
    links: [],
    removed: [{ destination, recordId: "1001", detail: "U2" }],
  });
  await saveLink(store, link);
  expect((await readTies(store, contractId)).removed).toEqual([]);
});

it("finds a contract by the address at which it is opened", async () => {
  expect((await findByUrl(store, "https://sign.example/lease"))?.contract.externalId).toBe("lease");
  expect(await findByUrl(store, "https://sign.example/")).toBeNull();
});

it("reads open contracts, the longest silent first, page by page", async () => {
  const [first] = await readOpen(store, 1);
  expect(first?.contract.externalId).toBe("lease");
  const after = { lastEventAt: first?.contract.lastEventAt ?? "", id: first?.contract.id ?? "" };
  expect(ids(await readOpen(store, 10, after))).toEqual(["offer"]);
});

it("reads the history of what changed since, with its events", async () => {
  const history = await readHistory(store, new Date("2026-05-05T00:00:00Z"), 10);
  expect(history.map(({ contract, events }) => [contract.externalId, events.length])).toEqual([
    ["nda", 2],
    ["offer", 2],
  ]);
});

it("reads all the history since, page by page, what changed first coming first", async () => {
  const pages: [string, number][][] = [];
  for await (const page of historySince(store, new Date("2026-05-04T00:00:00Z"), 2)) {
    pages.push(page.map(({ contract, events }) => [contract.externalId, events.length]));
  }
  expect(pages).toEqual([
    [
      ["lease", 2],
      ["nda", 2],
    ],
    [["offer", 2]],
  ]);
});

it("ends, with each contract once, however many change while it reads", async () => {
  const read: string[] = [];
  for await (const page of historySince(store, new Date("2026-05-04T00:00:00Z"), 1)) {
    read.push(...page.map(({ contract }) => contract.externalId));
    await store.database.query("update contracts set changed_at = changed_at + interval '1 year'");
  }
  await store.database.query(
    `update contracts set changed_at = changed_at - interval '${read.length} years'`,
  );
  expect(read).toEqual(["lease", "nda", "offer"]);
});

it("finds the contracts of a record of one CRM, but not those that were untied", async () => {
  const about = { recordId: "2002", foundBy: "person", certainty: 1, detail: "U1" } as const;
  await saveLink(store, { ...about, contractId: "docusign/offer", destination: "salesforce" });
  await saveLink(store, { ...about, contractId: "docusign/lease", destination: "salesforce" });
  await saveLink(store, { ...about, contractId: "docusign/nda", destination: "salesforce" });
  const untied = { contractId: "docusign/nda", destination: "salesforce", detail: "U1" };
  await removeLink(store, untied);
  const [found, elsewhere] = await Promise.all([
    readLinkedContracts(store, "salesforce", "2002"),
    readLinkedContracts(store, "hubspot", "2002"),
  ]);
  expect(ids(found)).toEqual(["lease", "offer"]);
  expect(elsewhere).toEqual([]);
});
