import { noor } from "@countersign/sandbox";
import { readTies, saveDeal, type StoredDeal } from "@countersign/store";
import { describe, expect, it } from "vitest";
import {
  ask,
  asking,
  openStage,
  rolesWith,
  saidBy,
  use,
  viewOf,
} from "../../acting/testing/stage.ts";
import { linkDealAction } from "../../actions/link-deal/index.ts";
import { linkToDeal } from "../../shortcuts/link-to-deal/index.ts";
import { linkDealSubmission } from "../../views/link-deal/index.ts";
import { unlink } from "../unlink/index.ts";
import { link } from "./index.ts";

const stage = openStage();

const url = "https://app.hubspot.com/contacts/44/record/0-3/1001";

function deal(recordId: string, more: Partial<StoredDeal> = {}): StoredDeal {
  const known = { name: null, amount: null, currency: null, stage: null, pipeline: null };
  const rest = { account: null, ownerEmail: null, url: null };
  return { destination: "hubspot", recordId, ...known, ...rest, ...more };
}

async function linksOf(contractId: string) {
  const { links } = await readTies(stage().store, contractId);
  return links.map(({ recordId, foundBy, detail }) => [recordId, foundBy, detail]);
}

describe("/contract link", () => {
  it.each([
    ["an id", "1001", "1001"],
    ["the URL of HubSpot's page", `<${url}>`, "1001"],
    ["a short id of Salesforce", "006000000000001", "006000000000001AAA"],
  ])("takes %s, and says who linked it", async (name, typed, recordId) => {
    const { id } = await stage().contract(`Kestrel ${name}`);
    const said = await ask(link, `${id} ${typed}`, stage());
    expect(said).toContain(`<@U000000001> linked “Kestrel ${name}” to`);
    expect(said).toContain(recordId);
    expect(await linksOf(id)).toEqual([[recordId, "person", "U000000001"]]);
  });

  it("says that it is linked already, by whom", async () => {
    const { id } = await stage().contract("Osprey renewal");
    await ask(link, `${id} 1001`, stage());
    const said = await ask(link, "osprey renewal 1001", stage(), { userId: noor.id });
    expect(said).toBe("“Osprey renewal” is linked to HubSpot deal 1001 already, by <@U000000001>.");
  });

  it("names the deal by what the CRM was last read to call it, and what was there before", async () => {
    await saveDeal(stage().store, deal("1005", { name: "Kite <!here> 2026" }));
    const { id } = await stage().contract("Kite supply");
    await ask(link, `${id} 1004`, stage());
    expect(await ask(link, `${id} 1005`, stage())).toContain(
      "to HubSpot deal “Kite &lt;!here&gt; 2026” (1005), instead of 1004.",
    );
  });

  it.each([
    ["", "Say which contract, and then the deal"],
    ["1001", "Say which contract, and then the deal"],
    ["heron xyz", "I cannot read “xyz” as a deal."],
    ["heron 0064x000004GmIrAAB", "a character is wrong or missing"],
    ["heron https://app.hubspot.com/contacts/4/record/0-1/7", "it is not one deal"],
    ["nowhere 1001", "No contract answers to “nowhere”."],
  ])("refuses %j with what to do", async (words, said) => {
    await stage().contract("Heron supply");
    expect(await ask(link, words, stage())).toContain(said);
  });

  it("asks which contract, and the choice carries the deal", async () => {
    const first = await stage().contract("Plover one");
    const second = await stage().contract("Plover two");
    const reply = await link.answer("plover 1001", asking(), stage().ports);
    const text = JSON.stringify(reply);
    expect(saidBy(reply)).toContain("2 contracts answer to that. Which one?");
    for (const { id } of [first, second]) expect(text).toContain(`"link ${id} 1001"`);
  });

  it("is for whom the roles say, the owner by e-mail among them", async () => {
    const { id } = await stage().contract("Merlin order", {
      sender: { name: "Dana", email: "Dana.Reyes@northgate.example" },
    });
    const ports = { ...stage().ports, roles: rolesWith("link", "owner") };
    const asMara = { ...stage(), ports };
    const refused = await ask(link, `${id} 1001`, asMara, { userId: "U000000002" });
    expect(refused).toBe(
      "Only the contract's owner and admins may link contracts to deals. Ask one of them.",
    );
    expect(await linksOf(id)).toEqual([]);
    expect(await ask(link, `${id} 1001`, asMara)).toContain("linked “Merlin order”");
    expect(await ask(link, `${id} 1002`, asMara, { userId: noor.id })).toContain("linked");
  });

  it("needs a CRM", async () => {
    const ports = { ...stage().ports, dealFields: {} };
    expect(await ask(link, "x 1001", { ...stage(), ports })).toContain("No CRM is connected");
  });
});

describe("/contract unlink", () => {
  it("unties for good, and says who did", async () => {
    const { id } = await stage().contract("Wren lease", { fields: { hubspot_deal_id: "4711" } });
    const said = await ask(unlink, "wren lease", stage());
    expect(said).toContain("<@U000000001> unlinked “Wren lease” from HubSpot deal 4711.");
    expect(await linksOf(id)).toEqual([]);
    expect(await ask(unlink, id, stage())).toBe("“Wren lease” is not linked to a deal.");
  });

  it("asks which CRM, of two", async () => {
    const { id } = await stage().contract("Robin lease");
    await ask(link, `${id} 1001`, stage());
    await ask(link, `${id} 006000000000001`, stage());
    expect(await ask(unlink, id, stage())).toContain(
      "is linked in HubSpot and Salesforce. Add hubspot or salesforce to say which one.",
    );
    expect(await ask(unlink, `${id} Salesforce`, stage())).toContain("006000000000001AAA");
    expect(await linksOf(id)).toEqual([["1001", "person", "U000000001"]]);
  });

  it("is for whom the roles say", async () => {
    const ports = { ...stage().ports, roles: rolesWith("link", "admins") };
    const { id } = await stage().contract("Finch lease", { fields: { hubspot_deal_id: "4711" } });
    expect(await ask(unlink, id, { ...stage(), ports })).toContain("Only admins may link");
  });
});

describe("the modal", () => {
  it("opens from the button, with the deals that fit", async () => {
    await saveDeal(stage().store, deal("2001", { name: "Falcon Mills: yearly order" }));
    const { id } = await stage().contract("Falcon Mills order");
    const view = viewOf(await linkDealAction.run(use(id), asking(), stage().ports));
    expect(view.private_metadata).toBe(id);
    expect(JSON.stringify(view.blocks)).toContain("Falcon Mills: yearly order · HubSpot");
    expect(JSON.stringify(view.blocks)).toContain("similar name");
  });

  it("opens from the command where no deal is named", async () => {
    const { id } = await stage().contract("Buzzard order");
    const reply = await link.answer("“buzzard order”", asking(), stage().ports);
    expect(viewOf(reply).private_metadata).toBe(id);
  });

  it("opens from a message of ours, and from one with the contract's address", async () => {
    const address = "https://docusign.example/sign?a=1&b=2";
    const { id } = await stage().contract("Harrier order", { url: address });
    const on = { channel: "C000000002", ts: "1.2" };
    const texts = [
      { ...on, text: "", contractId: id },
      { ...on, text: "see <https://docusign.example/sign?a=1&amp;b=2|here>", contractId: null },
    ];
    for (const message of texts) {
      const reply = await linkToDeal.run(message, asking(), stage().ports);
      expect(viewOf(reply).private_metadata).toBe(id);
    }
    const other = { ...on, text: "lunch?", contractId: null };
    const reply = await linkToDeal.run(other, asking(), stage().ports);
    expect(saidBy(reply)).toContain("This message is not about a contract that I know.");
  });

  it("does not open for whom may not link, or where the contract is gone", async () => {
    const { id } = await stage().contract("Eagle order");
    const ports = { ...stage().ports, roles: rolesWith("link", "admins") };
    const reply = await linkDealAction.run(use(id), asking(), ports);
    expect(saidBy(reply)).toContain("Only admins may link contracts to deals.");
    const gone = await linkDealAction.run(use("docusign/gone"), asking(), stage().ports);
    expect(saidBy(gone)).toBe("I do not know this contract any more.");
  });

  it("stays with what is wrong, and closes with what was done", async () => {
    const { id } = await stage().contract("Owl order");
    const hand = (deal: string) =>
      linkDealSubmission.submit(
        { filled: { deal: { deal: [deal] } }, privateMetadata: id },
        asking(),
        stage().ports,
      );
    expect(await hand("owl")).toMatchObject({
      kind: "errors",
      errors: { deal: expect.any(String) },
    });
    expect(await linksOf(id)).toEqual([]);
    const done = await hand(url);
    expect(done).toMatchObject({
      kind: "close",
      tell: { text: expect.stringContaining("<@U000000001> linked “Owl order”") },
    });
    expect(await linksOf(id)).toEqual([["1001", "person", "U000000001"]]);
    const ports = { ...stage().ports, roles: rolesWith("link", "admins") };
    const given = { filled: { deal: { deal: ["1002"] } }, privateMetadata: id };
    const refused = await linkDealSubmission.submit(given, asking(), ports);
    expect(refused).toMatchObject({ kind: "errors" });
    expect(await linksOf(id)).toEqual([["1001", "person", "U000000001"]]);
  });
});
