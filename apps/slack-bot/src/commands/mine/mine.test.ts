import { dana, mara } from "@countersign/sandbox";
import { saveDeal, saveLink, savePerson } from "@countersign/store";
import { aFact } from "@countersign/store/testing";
import { describe, expect, it } from "vitest";
import { openStage, rolesWith } from "../../acting/testing/stage.ts";
import { tell } from "../../testing/bench.ts";
import { described } from "../../testing/contracts.ts";
import { press, type } from "../../acting/testing/shown.ts";

const stage = openStage();
const sender = { name: dana.name, email: dana.email };

describe("/contract mine", () => {
  it("has what somebody sent and what belongs to their deals, the most urgent first", async () => {
    const { store, ports } = stage();
    const waiting = await stage().contract("Ash lease", { sender });
    await stage().contract("Birch lease", { sender: { email: "sam@northgate.example" } });
    const inTwoDays = new Date(ports.now().getTime() + 2 * 86_400_000).toISOString();
    await stage().contract("Cedar lease", { sender, expiresAt: inTwoDays });
    const bounced = await stage().contract("Date lease", { sender });
    await tell(store, bounced.externalId, aFact("recipient.bounced", { recipient: "1" }));
    const over = await stage().contract("Elm lease", { sender });
    await tell(store, over.externalId, aFact("contract.voided"));
    const owned = await stage().contract("Fir lease", {
      amount: { value: 7_000, currency: "EUR" },
    });
    await saveDeal(store, {
      destination: "hubspot",
      recordId: "88001",
      name: null,
      amount: null,
      currency: null,
      stage: null,
      pipeline: null,
      account: null,
      ownerEmail: dana.email,
      url: null,
    });
    const tie = { destination: "hubspot", recordId: "88001", foundBy: "person" } as const;
    await saveLink(store, { ...tie, contractId: owned.id, certainty: 1, detail: "U1" });
    const viewed = aFact("recipient.viewed", { recipient: "1" });
    await tell(store, waiting.externalId, viewed);
    const { text, all } = await type("mine", stage());
    expect(text).toBe(
      [
        "Your open contracts:",
        "“Cedar lease”: Sent, waits for Ann Lee.",
        "“Date lease”: Needs attention: the mail to Ann Lee bounced.",
        "“Ash lease”: Viewed, waits for Ann Lee.",
        "“Fir lease”: Sent, waits for Ann Lee.",
      ].join("\n"),
    );
    const headings = [...all.matchAll(/^\*(\S+ .*)\*$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual([
      "Your open contracts",
      "⏰ Expiring soon",
      "👉 Needs your move",
      "💤 Stalled",
      "⏳ Waiting for others",
    ]);
  });

  it("counts as one's own move what one is to sign oneself", async () => {
    const { store, ports } = stage();
    await savePerson(store, {
      workspace: "",
      userId: "U000000009",
      email: "lee@northgate.example",
      isStated: true,
      timezone: null,
    });
    const own = { name: "Lee", email: "Lee@northgate.example" };
    const { externalId } = await stage().contract("Gum lease", { sender: own });
    const recipients = [{ key: "1", name: "Lee", email: "lee@northgate.example", order: 1 }];
    const told = described({ title: "Gum lease", recipients });
    await tell(store, externalId, {
      ...told,
      occurrence: "later",
      occurredAt: ports.now().toISOString(),
    });
    const { all } = await type("mine", stage(), { userId: "U000000009" });
    expect(all).toContain("*👉 Needs your move*\n📨 Gum lease · Sent, waits for Lee");
  });

  it("is of a colleague where one is named", async () => {
    const { text } = await type(`mine <@${dana.id}|dana>`, stage(), { userId: mara.id });
    expect(text).toMatch(/^Open contracts of dana\.reyes@northgate\.example:\n“Cedar lease”/);
    expect((await type("mine", stage(), { userId: mara.id })).text).toContain(
      "None of your contracts is open.",
    );
    expect((await type("mine lease", stage())).text).toContain("/contract mine @person");
  });

  it("says how to name an address where none is known", async () => {
    const gone = "U0GONE";
    expect((await type("mine", stage(), { userId: gone })).text).toContain("/contract connect");
    const other = await type(`mine <@${gone}>`, stage());
    expect(other.text).toBe(`Slack gives me no e-mail address of <@${gone}>.`);
  });

  it("stays that person's list when it is shared, without amounts that not all may see", async () => {
    const ports = { ...stage().ports, roles: rolesWith("seeAmounts", "owner") };
    expect((await type("mine", { ports })).all).toContain("7,000");
    for (let n = 1; n <= 8; n += 1) await stage().contract(`Hazel ${n}`, { sender });
    const shared = await type("mine --share", { ports });
    expect(shared.share).toBe(true);
    expect(shared.all).toContain("*👉 Needs their move*");
    expect(shared.buttons.get("Next")).toBe(`mine <@${dana.id}> --share --page 2`);
    const next = await press(shared, "Next", { ports }, { userId: mara.id });
    expect(next.kind).toBe("replace");
    expect(next.text).toMatch(/^Open contracts of dana\.reyes@northgate\.example, page 2:/);
    const back = await press(next, "Previous", { ports }, { userId: dana.id });
    expect(back.text).toBe(shared.text);
    expect(back.all + next.all).not.toContain("7,000");
  });
});
