import {
  readCandidates,
  readEffects,
  readInbox,
  readLinks,
  removeLink,
  saveLink,
  type Store,
} from "@countersign/store";
import { Settings } from "@countersign/service";
import { openTestStore } from "@countersign/store/testing";
import type { ContractDescription } from "@countersign/core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CrmTools } from "../crms/crm-kind.ts";
import type { Crm } from "../crms/crm.ts";
import { hubspot } from "../crms/hubspot/index.ts";
import { apiVersion } from "../crms/hubspot/paths.ts";
import { salesforce } from "../crms/salesforce/index.ts";
import { sync } from "../sync.ts";
import { aContract } from "../testing/contracts.ts";
import {
  createHubspot,
  createSalesforce,
  judgeHubspot,
  judgeSalesforce,
  type CrmFake,
  type Prism,
} from "../testing/counterpart.ts";
import { serveFake } from "../testing/serve-fake.ts";

const now = () => new Date();
const matching = { certain: 0.75, margin: 0.15, ignoreDomains: [] };
const tools: CrmTools = { now, timeout: 5_000, onCall: () => undefined };

function openHubspot(url: string, on: boolean): Crm {
  const section = {
    linkField: "hubspot_deal_id",
    pipelines: { default: { sent: "contractsent" } },
    fields: { status: "contract_status" },
    ...(on && { matching }),
  };
  const variables = {
    HUBSPOT_ACCESS_TOKEN: "t",
    HUBSPOT_API_URL: url,
    HUBSPOT_CALLS_PER_10_SECONDS: 10_000,
  };
  const opened = hubspot.open(Settings.parse({ hubspot: section }), variables, "countersign.yaml");
  if (opened.is !== "configured") throw new Error("HubSpot is not configured.");
  return opened.connect(tools);
}

function openSalesforce(url: string, on: boolean): Crm {
  const section = {
    linkField: "salesforce_opportunity_id",
    stages: { sent: "Negotiation/Review" },
    fields: { status: "Contract_Status__c" },
    ...(on && { matching }),
  };
  const variables = {
    SALESFORCE_LOGIN_URL: url,
    SALESFORCE_CLIENT_ID: "client",
    SALESFORCE_CLIENT_SECRET: "s",
  };
  const opened = salesforce.open(
    Settings.parse({ salesforce: section }),
    variables,
    "countersign.yaml",
  );
  if (opened.is !== "configured") throw new Error("Salesforce is not configured.");
  return opened.connect(tools);
}

/** A deal of each CRM that contracts are about, as its company's people and its owner would send them. */
const subjects = {
  hubspot: {
    createFake: (): CrmFake => createHubspot({ token: "t", now }),
    judge: (upstream: string) => judgeHubspot({ upstream, apiVersion }),
    open: openHubspot,
    deal: "1002",
    domain: "bluefin-logistics.example",
    owner: "tobias.okafor@northgate.example",
    amount: 126_500,
    company: "Bluefin Logistics",
    word: "Fleet",
    other: "1004",
  },
  salesforce: {
    createFake: (): CrmFake => createSalesforce({ clientId: "client", clientSecret: "s", now }),
    judge: (upstream: string) => judgeSalesforce({ upstream, apiVersion: "59.0" }),
    open: openSalesforce,
    deal: "006000000000002AAA",
    domain: "castor-maritime.example",
    owner: "idris.bellamy@northgate.example",
    amount: 185_000,
    company: "Castor Maritime",
    word: "Scheduling",
    other: "006000000000004AAA",
  },
};

describe.each(["hubspot", "salesforce"] as const)("%s", (id) => {
  const { deal, domain, owner, amount, company, word, other, ...subject } = subjects[id];
  const stack = new AsyncDisposableStack();
  const fake = subject.createFake();
  let store: Store;
  let prism: Prism;
  let crm: Crm;

  beforeAll(async () => {
    store = stack.use(await openTestStore());
    prism = stack.use(await subject.judge(await serveFake(fake, stack)));
  }, 60_000);
  beforeEach(async () => {
    await store.database.query("truncate contracts cascade");
    fake.reset();
    crm = subject.open(prism.url, true);
  });
  afterAll(() => stack.disposeAsync());

  const from = (email: string, more: ContractDescription = {}) =>
    aContract(store, {
      sender: { email: owner },
      recipients: [{ key: "1", email }],
      ...more,
    });
  const statusOf = (recordId: string) =>
    fake.deals().find((one) => one.id === recordId)?.contract.status;
  const linkOf = async (contractId: string) =>
    (await readLinks(store, contractId)).find(({ destination }) => destination === id);
  const waiting = async () =>
    (await readInbox(store, { destination: id }, 100)).map(({ contractId }) => contractId);

  it("ties a contract to its counterparty's deal of that amount by itself, and keeps why", async () => {
    const contract = from(`ana@${domain}`, { amount: { value: amount, currency: null } });
    await sync(store, crm, await contract.happened("contract.sent"));
    expect(await linkOf(contract.id)).toMatchObject({
      recordId: deal,
      foundBy: "rule",
      certainty: expect.closeTo(0.83, 1),
      detail: expect.stringMatching(
        /a signer's address is at .*; the amounts are equal; its owner/,
      ),
    });
    expect(statusOf(deal)).toBe("sent");
    expect(await readCandidates(store, contract.id)).toEqual([]);
    const calls = fake.calls().length;
    await sync(store, crm, await contract.happened("contract.completed"));
    expect(fake.calls().length - calls).toBeLessThanOrEqual(2);
    expect(statusOf(deal)).toBe("completed");
  });

  it("asks a person where it is unsure, with the best candidates and why, and writes nothing", async () => {
    const contract = from("ana@unheard-of.example", { title: `${word} agreement` });
    const stored = await contract.happened("contract.sent");
    await sync(store, crm, stored);
    expect(await linkOf(contract.id)).toBeUndefined();
    expect(await readCandidates(store, contract.id)).toMatchObject([
      {
        destination: id,
        recordId: deal,
        reasons: [expect.stringMatching(/its name has/), "its owner sent the contract"],
        shown: { account: company, amount, ownerEmail: owner },
      },
    ]);
    expect(await waiting()).toContain(contract.id);
    expect(fake.journal()).toEqual([]);
    const calls = fake.calls().length;
    await sync(store, crm, stored);
    expect(fake.calls()).toHaveLength(calls);
  });

  it("learns from a person's choice, and finds the next deal of that counterparty by itself", async () => {
    const unknown = `${id}-holding.example`;
    const first = from(`cfo@${unknown}`, { title: "Something else" });
    const second = from(`ceo@${unknown}`, { title: "And another" });
    const storedFirst = await first.happened("contract.sent");
    const storedSecond = await second.happened("contract.sent");
    await sync(store, crm, storedFirst);
    await sync(store, crm, storedSecond);
    expect(await waiting()).toEqual(expect.arrayContaining([first.id, second.id]));

    const choice = { foundBy: "person", certainty: 1, detail: "Mara" } as const;
    await saveLink(store, { contractId: first.id, destination: id, recordId: deal, ...choice });
    await sync(store, crm, storedFirst);
    expect(statusOf(deal)).toBe("sent");
    expect(await readEffects(store, first.id, id)).toContainEqual(
      expect.objectContaining({ code: "learnt", message: expect.stringContaining(company) }),
    );
    await sync(store, crm, storedSecond);
    expect(await linkOf(second.id)).toMatchObject({
      recordId: deal,
      foundBy: "rule",
      detail: expect.stringContaining(`${company} was chosen before for ${unknown}`),
    });
    expect(await waiting()).not.toContain(second.id);
  });

  it("never ties again what a person took away, and forgets what the choice taught", async () => {
    const contract = from(`ana@${domain}`, { amount: { value: amount, currency: null } });
    const stored = await contract.happened("contract.sent");
    await sync(store, crm, stored);
    await removeLink(store, { contractId: contract.id, destination: id, detail: "Mara" });
    await sync(store, crm, stored);
    await sync(store, crm, await contract.happened("contract.completed"));
    expect(await linkOf(contract.id)).toBeUndefined();
    expect(statusOf(deal)).toBe("sent");
    expect((await readEffects(store, contract.id, id)).at(-1)?.code).toBe("unlinked-by-person");
    const choice = { foundBy: "person", certainty: 1, detail: "Mara" } as const;
    await saveLink(store, { contractId: contract.id, destination: id, recordId: other, ...choice });
    await sync(store, crm, await contract.happened("recipient.signed"));
    expect(statusOf(other)).toBe("completed");
  });

  it("ties nothing by itself where more deals fit than it looks at, and shows the counterparty's", async () => {
    const added = fake.addDeals(210);
    const right = added.at(-1) ?? "";
    for (const one of added) fake.editAsPerson(one, { name: `${word} for all` }, "Mara");
    fake.editAsPerson(right, { amount: 77_000, ownerEmail: owner }, "Mara");
    const { email, Email = email } = fake.relatedOf(right, "contact")?.fields ?? {};
    const contract = from(`ana@${domain}`, {
      title: `${word} agreement`,
      amount: { value: 77_000, currency: null },
      recipients: [
        { key: "1", email: `ana@${domain}` },
        { key: "2", email: String(Email) },
      ],
    });
    await sync(store, crm, await contract.happened("contract.sent"));
    expect(await linkOf(contract.id)).toBeUndefined();
    expect(await waiting()).toContain(contract.id);
    expect(await readCandidates(store, contract.id)).toMatchObject([
      { recordId: right },
      { recordId: deal },
      {},
    ]);
  });

  it("asks nobody where matching is off", async () => {
    const contract = from(`ana@${domain}`, { amount: { value: amount, currency: null } });
    const stored = await contract.happened("contract.sent");
    await sync(store, subject.open(prism.url, false), stored);
    expect(fake.calls()).toEqual([]);
    expect(await linkOf(contract.id)).toBeUndefined();
  });

  it("asks for many contracts at once in few calls", async () => {
    const contracts = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        from(`p${index}@company-${index}.example`, { title: "New contract" }).happened(
          "contract.sent",
        ),
      ),
    );
    await Promise.all(contracts.map((stored) => sync(store, crm, stored)));
    const searches = fake.calls().filter(({ path }) => /search$|query$/.test(path));
    // Each by itself would make two. A slow machine has them come in several groups.
    expect(searches.length).toBeLessThanOrEqual(contracts.length);
  });

  it("has made only calls, and got only answers, that the vendor's description has", () => {
    expect(prism.violations()).toEqual([]);
  });
});

describe("hubspot", () => {
  it("does without what the token may not read, and waits where the day's calls run out", async () => {
    await using stack = new AsyncDisposableStack();
    const store = stack.use(await openTestStore());
    const fake = createHubspot({ token: "t", now });
    const crm = openHubspot(await serveFake(fake, stack), true);
    for (const type of ["companies", "contacts", "owners"]) {
      fake.takeAway(`crm.objects.${type}.read`);
    }
    const contract = aContract(store, {
      title: "Fleet tracking",
      recipients: [{ key: "1", email: "ana@bluefin-logistics.example" }],
    });
    const stored = await contract.happened("contract.sent");
    await sync(store, crm, stored);
    expect(await readCandidates(store, contract.id)).toMatchObject([{ recordId: "1002" }]);
    const later = await contract.happened("contract.viewed");
    const poor = { ...crm, quota: () => ({ limit: 1_000, left: 99 }) };
    await expect(sync(store, poor, later)).resolves.toBe("not-called");
    const changed = aContract(store, { title: "Fleet" });
    await expect(sync(store, poor, await changed.happened("contract.sent"))).rejects.toMatchObject({
      seconds: 900,
    });
  });
});
