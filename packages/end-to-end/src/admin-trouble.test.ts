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
