import { aFact } from "@countersign/store/testing";
import { describe, expect, it } from "vitest";
import { openStage } from "../../acting/testing/stage.ts";
import { tell } from "../../testing/bench.ts";
import { signing } from "../../testing/contracts.ts";
import { press, type } from "../../acting/testing/shown.ts";

const stage = openStage();

describe("/contract history", () => {
  it("tells what happened in order, and not how the provider describes it", async () => {
    const { externalId } = await stage().contract("Pike lease");
    const claim = aFact("contract.noted", { note: "reminded <!here>", occurrence: "1" });
    await tell(stage().store, externalId, signing.annSigns, signing.annViews, claim);
    const { text, all, share } = await type("history pike --share", stage());
    expect(text).toBe("The history of “Pike lease” has 4 entries here. Ann Lee signed.");
    const told = [...all.matchAll(/^\S+ (.*?) · <!date/gm)].map(([, words]) => words);
    expect(told).toEqual([
      "The contract was sent",
      "The contract was noted: reminded &lt;!here&gt;",
      "Ann Lee viewed it",
      "Ann Lee signed",
    ]);
    expect(all).not.toContain("described");
    expect(share).toBe(true);
  });

  it("goes on in pages of fifteen", async () => {
    const { id, externalId } = await stage().contract("Carp lease");
    const notes = Array.from({ length: 20 }, (_, n) => {
      const occurredAt = new Date(Date.UTC(2026, 4, 5, 9, n)).toISOString();
      return aFact("contract.noted", { note: `note ${n + 1}`, occurrence: String(n), occurredAt });
    });
    await tell(stage().store, externalId, ...notes);
    const first = await type("history carp", stage());
    expect(first.all).toContain("note 14 ·");
    expect(first.all).not.toContain("note 15");
    const second = await press(first, "Next", stage());
    expect(second.all).toContain("History of “Carp lease”, page 2");
    expect(second.all).toContain("note 20 ·");
    expect([...second.buttons]).toEqual([["Previous", `history ${id}`]]);
  });
});
