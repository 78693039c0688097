import { afterAll, beforeAll, expect, it } from "vitest";
import { expectStatus, metric, send, signAll, soon, startAdmin, type Admin } from "./admin.ts";
import { crmDeskOf, type CrmDesk } from "./crm-desk.ts";
import { expectNothingLostOrDoubled } from "./invariant.ts";
import { dealOf } from "./stack.ts";

let admin: Admin;
let hubspot: CrmDesk;
let salesforce: CrmDesk;
beforeAll(async () => {
  admin = await startAdmin(statusIsTheirs);
  hubspot = crmDeskOf(admin.stack, "hubspot");
  salesforce = crmDeskOf(admin.stack, "salesforce");
});
afterAll(async () => admin[Symbol.asyncDispose]());

/** HubSpot's status is written only while nobody else has written it. */
function statusIsTheirs(text: string): string {
  const line = "  write:\n    - { to: contract_status, value: status, rule: theirs }\n  fields:\n";
  return text.replace("  fields:\n    status: contract_status\n", line);
}

/** Stages and lines of `write`, as the admin types them. */
const edited = (stage: string, field: string) => (text: string) =>
  text
    .replace("      sent: contractsent\n", `      sent: ${stage}\n`)
    .replace(
      "  write:\n",
      `  write:\n    - { to: ${field}, value: title, rule: newest }\n    - { to: dealname, value: title, rule: fill-blank }\n`,
    );

const corrected = (text: string) =>
  text.replace("decisionmakerbought\n", "decisionmakerboughtin\n").replace("titel", "title");

const deal = (id = "") => dealOf(admin.stack, "hubspot", id);

type Entry = { recordId: string; outcome: string; code: string | null; changes: Change[] };
type Change = { field: string | null; before: unknown; after: unknown; rule: string | null };

async function history(of: string): Promise<Entry[]> {
  const printed = await admin.run("history", of, "--json");
  expect(printed.exitCode, printed.err).toBe(0);
  const { data }: { data: { entries: Entry[] } } = JSON.parse(printed.out);
  return data.entries;
}

it(
  "edit mapping: what does not fit is named, and from the restart on the new mapping holds",
  { timeout: 180_000 },
  async () => {
    const { stack, run, change } = admin;
    const { apps } = stack.running;
    const [first, second, quiet] = await hubspot.addDeals(3);
    const [opportunity] = await salesforce.addDeals(1);
    const old = await send(stack, {
      title: "Mapping Alpha",
      hubspotDealId: first ?? "",
      salesforceOpportunityId: opportunity ?? "",
    });
    const still = await send(stack, { title: "Mapping Bravo", hubspotDealId: quiet ?? "" });
    await soon(() => expectStatus(stack, "hubspot", [old, still], "sent"));
    const writtenToQuiet = await hubspot.written(quiet ?? "");

    await change(edited("decisionmakerbought", "contract_titel"));
    const wrong = await run("doctor", "hubspot");
    expect(wrong.exitCode).toBe(1);
    expect(wrong.out).toMatch(/hubspot\.pipelines\.default\.sent .*unknown-stage/);
    expect(wrong.out).toContain('"decisionmakerboughtin"');
    expect(wrong.out).toMatch(/contract_titel .*no-such-field/);
    expect(wrong.out).toContain("Create the deal property contract_titel");
    await change(corrected);
    expect(await run("doctor")).toMatchObject({ exitCode: 0 });

    const others = [apps.receiver.pid, apps.slackBot.pid];
    await stack.running.restart("crmSync");
    expect([apps.receiver.pid, apps.slackBot.pid]).toEqual(others);
    const young = await send(stack, { title: "Mapping Charlie", hubspotDealId: second ?? "" });
    await soon(async () =>
      expect(await deal(second)).toMatchObject({ stageId: "decisionmakerboughtin" }),
    );
    await signAll(stack, old);
    await soon(() => expectStatus(stack, "hubspot", [old], "completed"));
    expect(await hubspot.written(first ?? "")).toContainEqual(["contract_title", "Mapping Alpha"]);
    expect(await deal(first)).not.toMatchObject({ name: "Mapping Alpha" });
    await signAll(stack, young);
    await soon(() =>
      expectNothingLostOrDoubled(
        stack,
        [old, young].map(({ taken }) => taken),
      ),
    );
    expect(await hubspot.written(quiet ?? "")).toEqual(writtenToQuiet);

    const ofDeal = await history(first ?? "");
    const changes = ofDeal.flatMap((entry) => entry.changes);
    expect(changes).toContainEqual(
      expect.objectContaining({ field: null, before: "qualifiedtobuy", after: "contractsent" }),
    );
    expect(changes).toContainEqual(
      expect.objectContaining({ field: "contract_title", before: null, rule: "newest" }),
    );
    expect(ofDeal.map(({ code }) => code)).toContain("filled-by-person");
    const ofContract = await history(old.taken.contractId);
    expect(new Set(ofContract.map(({ recordId }) => recordId))).toEqual(
      new Set([first, opportunity]),
    );
  },
);

it(
  "another key for HubSpot: doctor names the scopes it lacks, and what the old one wrote stays ours",
  { timeout: 180_000 },
  async () => {
    const { stack, runWith, run } = admin;
    const [id = "", reassigned = ""] = await hubspot.addDeals(2);
    const before = await deal(id);
    const sent = [
      await send(stack, { title: "Key Alpha", hubspotDealId: id }),
      await send(stack, { title: "Key Bravo", hubspotDealId: reassigned }),
    ];
    await soon(() => expectStatus(stack, "hubspot", sent, "sent"));

    const scopes = ["crm.objects.deals.write", "crm.schemas.deals.read"];
    const key = { HUBSPOT_ACCESS_TOKEN: "sandbox-hubspot-of-the-new-admin" };
    await hubspot.setSecret(key.HUBSPOT_ACCESS_TOKEN);
    await hubspot.replaceUser(scopes);
    await hubspot.edit(reassigned, { ownerEmail: "priya.raman@northgate.example" });
    const lacking = await runWith(key, "doctor", "hubspot");
    expect(lacking.exitCode).toBe(1);
    for (const scope of scopes) expect(lacking.out).toContain(`the scope ${scope}`);
    expect(lacking.out).not.toContain("crm.objects.deals.read");
    for (const scope of scopes) await hubspot.give(scope);
    expect(await runWith(key, "doctor", "hubspot")).toMatchObject({ exitCode: 0 });

    await stack.running.restart("crmSync", { always: key });
    for (const one of sent) await signAll(stack, one);
    await soon(() =>
      expectNothingLostOrDoubled(
        stack,
        sent.map(({ taken }) => taken),
      ),
    );
    const told = await history(id);
    // Of the deal's name a person speaks, by the mapping; of nothing else.
    expect(new Set(told.map(({ code }) => code))).toEqual(new Set([null, "filled-by-person"]));
    // Whether the steps between were seen depends on how fast they came.
    for (const step of [{ before: "sent" }, { after: "completed" }]) {
      expect(told.flatMap(({ changes }) => changes)).toContainEqual(
        expect.objectContaining({ ...step, rule: "theirs" }),
      );
    }
    expect(await metric(stack, "destination_paused", { destination: "hubspot" })).toBe(0);

    const refused = await run("undo", id, "--yes");
    expect(refused.exitCode).toBe(1);
    expect(refused.err).toContain("HUBSPOT_ACCESS_TOKEN");
    const undone = await runWith(key, "undo", id, "--yes");
    expect(undone, undone.out + undone.err).toMatchObject({ exitCode: 0 });
    expect(await deal(id)).toEqual({ ...before, updatedAt: expect.any(String) });
  },
);
