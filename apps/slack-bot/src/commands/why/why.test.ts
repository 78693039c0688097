import {
  claimEffect,
  quiet,
  record,
  recordSkip,
  removeLink,
  saveDeal,
  saveLink,
  saveSubscription,
  settleEffect,
  type StoredDeal,
} from "@countersign/store";
import { noor } from "@countersign/sandbox";
import { aDelivery, aReport } from "@countersign/store/testing";
import { describe, expect, it } from "vitest";
import { openStage, rolesWith } from "../../acting/testing/stage.ts";
import { tell } from "../../testing/bench.ts";
import { signing } from "../../testing/contracts.ts";
import { press, type } from "../../acting/testing/shown.ts";

const stage = openStage();

const deal: StoredDeal = {
  destination: "hubspot",
  recordId: "99001",
  name: "Otter 2026",
  amount: 8_800,
  currency: "EUR",
  stage: "Won",
  pipeline: null,
  account: null,
  ownerEmail: null,
  url: null,
};

async function linked(title: string) {
  const contract = await stage().contract(title);
  await saveDeal(stage().store, deal);
  const found = { foundBy: "custom-field", certainty: 1, detail: "hubspot_deal_id" } as const;
  const { destination, recordId } = deal;
  await saveLink(stage().store, { contractId: contract.id, destination, recordId, ...found });
  return contract;
}

/** What is kept of a subscription to all that somebody owns. */
function rule(userId: string) {
  return {
    rule: { include: [{ key: "owner", values: [{ userId }] }], exclude: [] },
    mode: "thread",
    broadcast: false,
    digest: null,
  };
}

describe("/contract why", () => {
  it("has the chain: deliveries and their proof, events, the state with its link, and effects", async () => {
    const { store } = stage();
    const { id, externalId } = await linked("Otter lease");
    const again = aDelivery(externalId, { receivedAt: store.now() });
    await record(store, again, aReport(externalId));
    const read = aDelivery("read", { via: "reconcile", secretIndex: null });
    await record(store, read, aReport(externalId, signing.annSigns));
    const second = aDelivery("second", { secretIndex: 1, bodyProof: "none" });
    await record(store, second, aReport(externalId, signing.annViews));
    const about = { contractId: id, destination: "hubspot", target: "99001", kind: "deal.update" };
    const { effect } = await claimEffect(store, { ...about, key: "otter", plan: {} });
    await settleEffect(store, effect.id, {
      status: "done",
      outsideId: "99001",
      before: { stage: "Sent", fields: { contract_status: null } },
      after: { stage: "Won", fields: { contract_status: "completed" } },
    });
    const card = { contractId: id, destination: "slack", target: "C000000002", kind: "card" };
    const failing = await claimEffect(store, { ...card, key: "otter card", plan: {} });
    const why = { code: "is_archived", message: "The channel is archived." };
    await settleEffect(store, failing.effect.id, { status: "failed", ...why });
    const direct = { ...card, target: "D000000009", kind: "line", key: "otter line", plan: {} };
    await recordSkip(store, direct, { code: "muted", message: "The contract is muted here." });

    const { text, all } = await type("why otter", stage());
    expect(text).toContain(
      "Status of “Otter lease”: partly signed. 3 deliveries came in, and 3 things followed.",
    );
    for (const shown of [
      /from docusign · sent 2 times · proved by its signature with secret 1 · digest [0-9a-f]{12}…\n/,
      /↳ The contract was sent · <!date\^/,
      "↳ what the contract is: its title, parties and fields",
      /we read it at the provider ourselves · digest [0-9a-f]{12}…\n↳ Ann Lee signed · <!date/,
      /came with secret 2, which proves the sender and not the text · digest .*\n↳ Ann Lee viewed/,
      "✍️ The contract “Otter lease” is partly signed; 1 of 2 signed.",
      "🔗 HubSpot deal “Otter 2026” · named by its custom field “hubspot_deal_id”",
      "✅ update of the deal: done · hubspot · Otter 2026 · stage: Sent → Won · contract_status: nothing → completed · <!date",
      "❌ card: failed · slack · <#C000000002> · is_archived: The channel is archived. · <!date",
      "⏭️ line: left out · slack · a direct message · muted: The contract is muted here. · <!date",
    ]) {
      expect(all).toMatch(shown);
    }
    expect(all).not.toContain("8,800");
  });

  it("says what keeps it from being told or done", async () => {
    const { store } = stage();
    const { id } = await linked("Badger lease");
    await removeLink(store, { contractId: id, destination: "hubspot", detail: "U1" });
    const until = new Date(store.now().getTime() + 3_600_000);
    const channel = { workspace: "", audience: "C000000002", contractId: id, madeBy: "U1" };
    await quiet(store, { ...channel, until });
    await quiet(store, { ...channel, audience: "U000000001", until: null });
    const { all, text } = await type("why badger", stage());
    expect(text).toContain("This channel is subscribed to nothing.");
    expect(all).toMatch(/▫️ It is snoozed in this channel\. Until <!date/);
    expect(all).toContain("▫️ You have muted it.");
    expect(all).toContain("▫️ A person unlinked it from HubSpot deal 99001.");
    expect(all).toContain(
      "▫️ It is linked to nothing in Salesforce: its custom field “salesforce_opportunity_id” names no deal.",
    );
    const shared = await type("why badger --share", stage());
    expect(shared.share).toBe(true);
    expect(shared.all).not.toContain("You have muted");
    const elsewhere = await type("why badger", stage(), { channel: "D000000001" });
    expect(elsewhere.all).not.toContain("this channel");
  });

  it("does not say again what the ledger says", async () => {
    const { store } = stage();
    const { id } = await stage().contract("Marten lease");
    for (const destination of ["hubspot", "salesforce"]) {
      const plan = { key: `${destination} marten`, kind: "deal.update", target: "", plan: {} };
      const message = "The contract has no custom field.";
      const why = { code: "no-link", message };
      await recordSkip(store, { ...plan, destination, contractId: id }, why);
    }
    const { all } = await type("why marten", stage());
    expect(all).toContain(
      "update of the deal: left out · salesforce · no-link: The contract has no",
    );
    expect(all).not.toContain("It is linked to nothing");
  });

  it("knows what the channel is subscribed to, and whom its rule names", async () => {
    const { store } = stage();
    const { id } = await stage().contract("Stoat lease", {
      sender: { email: "dana.reyes@northgate.example" },
    });
    const of = { destination: "slack", workspace: "", madeBy: "U1" };
    await saveSubscription(store, { ...of, channel: "C00000000A", rule: rule("U000000001") });
    await saveSubscription(store, { ...of, channel: "C00000000B", rule: rule("U000000002") });
    const own = await type(`why ${id}`, stage(), { channel: "C00000000A" });
    expect(own.all).not.toContain("does not want it");
    const other = await type(`why ${id}`, stage(), { channel: "C00000000B" });
    expect(other.all).toContain("This channel does not want it.");
  });

  it("goes on in pages", async () => {
    const { store } = stage();
    const { id, externalId } = await stage().contract("Ferret lease");
    for (let n = 1; n <= 7; n += 1) {
      const occurrence = String(n);
      await tell(store, externalId, { ...signing.annViews, type: "contract.noted", occurrence });
    }
    const first = await type("why ferret", stage());
    expect(first.all.match(/📥/gu)).toHaveLength(6);
    const second = await press(first, "Next", stage());
    expect(second.all).toContain("Why “Ferret lease” is where it is, page 2");
    expect(second.all.match(/📥/gu)).toHaveLength(2);
    expect(second.all).not.toContain("What was not done");
    expect([...second.buttons]).toEqual([["Previous", `why ${id}`]]);
    const beyond = await type(`why ${id} --page 5`, stage());
    expect(beyond.all).toContain("There is no more.");
  });

  it("shows values of a deal only to whoever may see amounts, and to no channel", async () => {
    const { store } = stage();
    const { id } = await linked("Polecat lease");
    const about = { contractId: id, destination: "hubspot", target: "99001", kind: "deal.update" };
    const { effect } = await claimEffect(store, { ...about, key: "polecat", plan: {} });
    await settleEffect(store, effect.id, {
      status: "done",
      outsideId: "99001",
      before: { stage: null, fields: { contract_amount: null } },
      after: { stage: null, fields: { contract_amount: "48000" } },
    });
    const left = { ...about, kind: "deal.field", key: "polecat amount", plan: {} };
    const message = 'The field "amount" holds "50000".';
    await recordSkip(store, left, { code: "filled", message });
    const card = { ...about, destination: "slack", target: "C000000002", key: "polecat card" };
    const archived = { code: "is_archived", message: "The channel is archived." };
    await recordSkip(store, { ...card, kind: "card", plan: {} }, archived);
    const ports = { ...stage().ports, roles: rolesWith("seeAmounts", "admins") };
    const own = await type("why polecat", { ports });
    const shown = [
      own,
      await type("why polecat --share", { ports }),
      await type("why polecat --share", { ports }, { userId: noor.id }),
    ];
    for (const { all, text } of shown) expect(`${all} ${text}`).not.toMatch(/48000|50000/);
    expect(own.all).toContain("Otter 2026 · contract_amount · <!date");
    expect(own.all).toContain("Otter 2026 · filled · <!date");
    expect(own.all).toContain("is_archived: The channel is archived.");
    const admins = await type("why polecat", { ports }, { userId: noor.id });
    expect(admins.all).toContain("contract_amount: nothing → 48000");
    expect(admins.all).toContain('holds "50000"');
  });

  it("asks which one of several, and takes the way of asking along", async () => {
    await stage().contract("Weasel one");
    await stage().contract("Weasel two");
    const ports = { ...stage().ports, roles: rolesWith("seeAmounts", "admins") };
    const asked = await type("why weasel --share", { ports });
    expect((await press(asked, "This one", { ports })).share).toBe(true);
  });
});
