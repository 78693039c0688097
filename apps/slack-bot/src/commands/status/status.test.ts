import { mara, noor } from "@countersign/sandbox";
import { saveDeal, saveLink } from "@countersign/store";
import { describe, expect, it } from "vitest";
import { openStage, rolesWith } from "../../acting/testing/stage.ts";
import { press, type } from "../../acting/testing/shown.ts";

const stage = openStage();
const amount = { value: 25_000, currency: "EUR" };

describe("/contract status", () => {
  it("shows the contract's card to whoever asks, and to the channel where they share it", async () => {
    const { id } = await stage().contract("Finch lease");
    const own = await type("status finch", stage());
    expect(own.text).toBe("The contract “Finch lease” is sent; nobody of 2 has signed.");
    expect(own.all).toContain(`DocuSign · ${id}`);
    expect(own.share).toBe(false);
    const shared = await type("status finch --share", stage());
    expect([shared.text, shared.share]).toEqual([own.text, true]);
  });

  it("asks which one of several, and shows the one that is picked in its place", async () => {
    const { id } = await stage().contract("Wren lease <!here>");
    await stage().contract("Wren supply");
    const asked = await type("status wren", stage());
    expect(asked.text).toContain("2 contracts answer to that. Which one?");
    expect(asked.text).toContain("“Wren lease &lt;!here&gt;”: Sent, waits for Ann Lee.");
    expect(asked.buttons.get("This one")).toBe(`status ${id}`);
    const picked = await press(asked, "This one", stage());
    expect(picked.kind).toBe("replace");
    expect(picked.text).toContain("“Wren lease &lt;!here&gt;” is sent");
  });

  it("shares what is picked, not the question", async () => {
    const { id } = await stage().contract("Robin lease");
    await stage().contract("Robin supply");
    const asked = await type("status robin --share", stage());
    expect(asked.share).toBe(false);
    expect(asked.buttons.get("This one")).toBe(`status ${id} --share`);
    const picked = await press(asked, "This one", stage());
    expect([picked.kind, picked.share]).toEqual(["message", true]);
  });

  it("takes a title in quotes for the contract that is called so", async () => {
    await stage().contract("Linnet lease");
    await stage().contract("Linnet lease, second part");
    expect((await type("status “Linnet lease”", stage())).text).toContain("“Linnet lease” is sent");
    expect((await type('status "linnet"', stage())).text).toContain("2 contracts answer");
  });

  it.each([
    ["status", "Say which contract"],
    ["status --share", "Say which contract"],
    ["status <!channel> dodo", "No contract answers to “&lt;!channel&gt; dodo”."],
  ])("refuses %j with what to do", async (typed, said) => {
    expect((await type(typed, stage())).text).toContain(said);
  });
});

describe("amounts", () => {
  it("are hidden from whom the roles do not allow them, and from a channel unless all may see them", async () => {
    const { id } = await stage().contract("Siskin lease", {
      amount,
      sender: { name: "Mara", email: mara.email },
    });
    const seen = async (seeAmounts: Parameters<typeof rolesWith>[1], userId: string, end = "") => {
      const ports = { ...stage().ports, roles: rolesWith("seeAmounts", seeAmounts) };
      const { all } = await type(`status ${id} ${end}`, { ports }, { userId });
      return all.includes("€25,000.00");
    };
    expect(await seen("everybody", "U000000001")).toBe(true);
    expect(await seen("everybody", "U000000001", "--share")).toBe(true);
    expect(await seen("owner", "U000000001")).toBe(false);
    expect(await seen("owner", mara.id)).toBe(true);
    expect(await seen("owner", mara.id, "--share")).toBe(false);
    expect(await seen("admins", mara.id)).toBe(false);
    expect(await seen("admins", noor.id)).toBe(true);
    expect(await seen([mara.id], mara.id)).toBe(true);
  });

  it("of a deal are hidden too", async () => {
    const { id } = await stage().contract("Bunting lease");
    const deal = { destination: "hubspot", recordId: "77001" };
    await saveDeal(stage().store, {
      ...deal,
      name: "Bunting 2026",
      amount: 1_234,
      currency: "EUR",
      stage: null,
      pipeline: null,
      account: null,
      ownerEmail: mara.email,
      url: null,
    });
    await saveLink(stage().store, {
      ...deal,
      contractId: id,
      foundBy: "person",
      certainty: 1,
      detail: mara.id,
    });
    const ports = { ...stage().ports, roles: rolesWith("seeAmounts", "owner") };
    const hidden = await type("status bunting", { ports });
    expect(hidden.all).toContain("Bunting 2026");
    expect(hidden.all).not.toContain("1,234");
    const shown = await type("status bunting", { ports }, { userId: mara.id });
    expect(shown.all).toContain("1,234");
  });
});
