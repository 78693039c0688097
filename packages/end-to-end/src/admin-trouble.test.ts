import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  countAlerts,
  expectStatus,
  metric,
  send,
  signAll,
  soon,
  startAdmin,
  type Admin,
} from "./admin.ts";
import { crmDeskOf, type CrmDesk } from "./crm-desk.ts";
import { expectNothingLostOrDoubled } from "./invariant.ts";
import { cardsOf, dealOf } from "./stack.ts";

let admin: Admin;
let hubspot: CrmDesk;
let salesforce: CrmDesk;
beforeAll(async () => {
  admin = await startAdmin();
  hubspot = crmDeskOf(admin.stack, "hubspot");
  salesforce = crmDeskOf(admin.stack, "salesforce");
});
afterAll(async () => admin[Symbol.asyncDispose]());

const paused = (destination: string) => metric(admin.stack, "destination_paused", { destination });

/** Half a minute is what a queue waits before it tries again. */
const patience = 100_000;

// The one is HubSpot's and the other Salesforce's: they wait beside each other.
describe.concurrent("whoever Countersign signs in as", () => {
  it(
    "a dead token: one alert, only that queue waits, and all is made good when it works again",
    { timeout: 2 * patience },
    async () => {
      const { stack, run } = admin;
      const deals = await hubspot.addDeals(4);
      const sent = await Promise.all(
        deals.map((id, index) => send(stack, { title: `Dead ${index}.`, hubspotDealId: id })),
      );
      await soon(() => expectStatus(stack, "hubspot", sent, "sent"));

      await hubspot.setSecret(null);
      for (const one of sent) await signAll(stack, one);
      await soon(async () => {
        for (const { taken } of sent) {
          const [card] = await cardsOf(stack, taken.title);
          expect(card?.text).toContain("is completed");
        }
      });
      await soon(async () => expect(await paused("hubspot")).toBe(1));
      await expectStatus(stack, "hubspot", sent, "sent");
      const doctor = await run("doctor", "hubspot");
      expect(doctor.exitCode).toBe(1);
      expect(doctor.out).toContain("HubSpot refuses HUBSPOT_ACCESS_TOKEN");
      expect(doctor.out).toContain("To do: Set them anew");
      expect(doctor.out).not.toContain("sandbox-hubspot");

      await hubspot.setSecret("sandbox-hubspot");
      await soon(() => expectStatus(stack, "hubspot", sent, "completed"), patience);
      await soon(() =>
        expectNothingLostOrDoubled(
          stack,
          sent.map(({ taken }) => taken),
        ),
      );
      expect(await paused("hubspot")).toBe(0);
      expect(await countAlerts(stack, "hubspot")).toBe(1);
    },
  );

  it(
    "another user for Salesforce: doctor names the grants it lacks, the queue waits for them, and nothing is taken for a person's edit",
    { timeout: 2 * patience },
    async () => {
      const { stack, run } = admin;
      const opportunities = await salesforce.addDeals(3);
      const [first = ""] = opportunities;
      const before = await dealOf(stack, "salesforce", first);
      const sent = await Promise.all(
        opportunities.map((id, index) =>
          send(stack, { title: `Successor ${index}.`, salesforceOpportunityId: id }),
        ),
      );
      await soon(() => expectStatus(stack, "salesforce", sent, "sent"));

      await salesforce.replaceUser(["Opportunity.edit", "Contract_URL__c.read"]);
      await salesforce.edit(first, { ownerEmail: "idris.bellamy@northgate.example" });
      for (const one of sent) await signAll(stack, one);
      await soon(async () => expect(await paused("salesforce")).toBe(1));
      const lacking = await run("doctor", "salesforce");
      expect(lacking.exitCode).toBe(1);
      expect(lacking.out).toContain("Grant Edit on Opportunities");
      expect(lacking.out).toContain("Contract_URL__c and give the user access to it");
      expect(lacking.out).not.toContain("Contract_Status__c");
      expect((await run("errors", "--crm", "salesforce")).exitCode).toBe(0);

      const setup = await run("setup", "salesforce", "--yes");
      expect(setup, setup.out + setup.err).toMatchObject({ exitCode: 0 });
      expect(await run("doctor", "salesforce")).toMatchObject({ exitCode: 0 });
      await soon(() => expectStatus(stack, "salesforce", sent, "completed"), patience);
      await soon(() =>
        expectNothingLostOrDoubled(
          stack,
          sent.map(({ taken }) => taken),
        ),
      );
      expect(await countAlerts(stack, "salesforce")).toBe(1);
      const told = await run("history", first);
      expect(told.out).toContain('"Closed Won"');
      expect(told.out).not.toMatch(/by-person|was refused/);

      const undone = await run("undo", first, "--yes");
      expect(undone, undone.out + undone.err).toMatchObject({ exitCode: 0 });
      const { stageId, contract } = before ?? {};
      expect(await dealOf(stack, "salesforce", first)).toMatchObject({
        stageId,
        contract,
        owner: "Idris Bellamy",
      });
    },
  );
});

it(
  "a day's calls that run out: it is shown, work waits, and goes on when there are calls again",
  { timeout: 2 * patience },
  async () => {
    const { stack, run } = admin;
    const desks = { hubspot, salesforce };
    const crms = ["hubspot", "salesforce"] as const;
    const deals = { hubspot: await hubspot.addDeals(5), salesforce: await salesforce.addDeals(5) };
    const draft = (index: number) => ({
      title: `Quota ${index}.`,
      hubspotDealId: deals.hubspot[index] ?? "",
      salesforceOpportunityId: deals.salesforce[index] ?? "",
    });
    const sent = await Promise.all([0, 1, 2, 3].map((index) => send(stack, draft(index))));
    for (const crm of crms) await soon(() => expectStatus(stack, crm, sent, "sent"));

    for (const crm of crms) await desks[crm].leaveCalls(50);
    const used = (crm: string, of: string) => metric(stack, "crm_daily_calls", { crm, of });
    const last = await send(stack, draft(4));
    for (const crm of crms) {
      await soon(async () =>
        expect(await used(crm, "used")).toBeGreaterThan(Number(await used(crm, "share"))),
      );
    }
    for (const one of sent) await signAll(stack, one);
    for (const crm of crms) {
      const labels = { crm, outcome: "later" };
      await soon(async () =>
        expect(await metric(stack, "contracts_followed_total", labels)).toBeGreaterThanOrEqual(4),
      );
      await expectStatus(stack, crm, sent, "sent");
    }
    const doctor = await run("doctor");
    expect(doctor.out).toMatch(/Of the day's 625000 calls only \d+ are left/);
    expect(doctor.out).toMatch(/Of the day's 15000 calls only \d+ are left/);
    expect(doctor.out).toContain("Countersign waits, and catches up");

    for (const crm of crms) await desks[crm].leaveCalls(0);
    await stack.running.restart("crmSync");
    for (const crm of crms) {
      await soon(async () => expect(await used(crm, "used")).toBe(await used(crm, "limit")));
      await expectStatus(stack, crm, sent, "sent");
      await desks[crm].leaveCalls(null);
    }
    // Left to itself it would hear of it within five minutes.
    await stack.running.restart("crmSync");
    await soon(() =>
      expectNothingLostOrDoubled(
        stack,
        [...sent, last].map(({ taken }) => taken),
      ),
    );
  },
);

type Group = { group: string; code: string; count: number };

async function groups(): Promise<Group[]> {
  const printed = await admin.run("errors", "--crm", "hubspot", "--json");
  const { data }: { data: Group[] } = JSON.parse(printed.out);
  return data;
}

it(
  "two causes: what is mended is tried again, and the other stays until it is",
  { timeout: 2 * patience },
  async () => {
    const { stack, run } = admin;
    const [first = "", second = "", third = ""] = await hubspot.addDeals(3);
    for (const id of [first, second]) await hubspot.setFault(id, "refused");
    const sent = await Promise.all(
      [first, second, "999999999"].map((id, index) =>
        send(stack, { title: `Causes ${index}.`, hubspotDealId: id }),
      ),
    );
    const found = await soon(async () => {
      const all = await groups();
      expect(all.map(({ count }) => count)).toEqual([2, 1]);
      return all;
    });
    const [refused, lost] = found;
    expect(lost).toMatchObject({ code: "deal-not-found" });
    for (const id of [first, second]) await hubspot.setFault(id, null);
    const resynced = await run("resync", "--group", refused?.group ?? "", "--yes");
    expect(resynced, resynced.out + resynced.err).toMatchObject({ exitCode: 0 });
    await soon(() => expectStatus(stack, "hubspot", sent.slice(0, 2), "sent"));
    expect(await groups()).toEqual([lost]);

    const [, , astray] = sent;
    if (astray === undefined) throw new Error("Nothing was sent.");
    await run("link", astray.taken.contractId, "hubspot", third, "--by", "Noor");
    const mended = { hubspot: refused?.code ?? "" };
    const all = [
      ...sent.slice(0, 2).map(({ taken }) => ({ ...taken, mended })),
      { ...astray.taken, deals: { hubspot: third }, mended: { hubspot: "deal-not-found" } },
    ];
    await soon(() => expectNothingLostOrDoubled(stack, all));
    expect((await run("errors", "--crm", "hubspot")).exitCode).toBe(0);
    expect((await run("history", first)).out).toMatch(/was refused[\s\S]*wrote/);
  },
);
