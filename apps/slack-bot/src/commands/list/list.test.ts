import { aFact } from "@countersign/store/testing";
import { describe, expect, it } from "vitest";
import { openStage, rolesWith } from "../../acting/testing/stage.ts";
import { tell } from "../../testing/bench.ts";
import { press, type } from "../../acting/testing/shown.ts";

const stage = openStage();

describe("/contract list", () => {
  it("says so where there is none yet", async () => {
    expect((await type("list", stage())).text).toBe("There is no open contract here.");
    expect((await type("list all", stage())).text).toBe("There is no contract yet.");
  });

  it("has open contracts, or those of the statuses that are asked for", async () => {
    await stage().contract("Owl lease", { amount: { value: 5_000, currency: "EUR" } });
    const { externalId } = await stage().contract("Hawk lease");
    await tell(stage().store, externalId, aFact("contract.declined"));
    const open = await type("list", stage());
    expect(open.text).toBe("Open contracts:\n“Owl lease”: Sent, waits for Ann Lee.");
    expect(open.all).toContain("€5,000.00");
    expect(open.share).toBe(false);
    const ended = await type("list declined, voided --share", stage());
    expect(ended.text).toBe("Declined and voided contracts:\n“Hawk lease”: Declined.");
    expect(ended.share).toBe(true);
    expect((await type("list completed or expired", stage())).text).toBe(
      "There is no completed or expired contract here.",
    );
    expect((await type("list all", stage())).text).toContain("All contracts:\n“Hawk lease”");
  });

  it("says which statuses there are where it knows none such", async () => {
    const { text } = await type("list complted", stage());
    expect(text).toContain(
      "I do not know the status “complted”. Did you mean “completed”? Say open,",
    );
  });

  it("hides amounts from whom the roles do not allow them", async () => {
    const ports = { ...stage().ports, roles: rolesWith("seeAmounts", "owner") };
    expect((await type("list", { ports })).all).not.toContain("5,000");
    expect((await type("list --share", { ports })).all).not.toContain("5,000");
  });

  it("goes on in pages that take each other's place, ten contracts each", async () => {
    for (let n = 1; n <= 20; n += 1) await stage().contract(`Crow ${n}`);
    const first = await type("list sent", stage());
    expect(first.text.split("\n")).toHaveLength(11);
    expect(first.text).toContain("“Crow 20”");
    expect([...first.buttons]).toEqual([["Next", "list sent --page 2"]]);
    const second = await press(first, "Next", stage());
    expect(second.kind).toBe("replace");
    expect(second.text).toMatch(/^Sent contracts, page 2:\n“Crow 10”/);
    const third = await press(second, "Next", stage());
    expect(third.text).toBe("Sent contracts, page 3:\n“Owl lease”: Sent, waits for Ann Lee.");
    expect([...third.buttons]).toEqual([["Previous", "list sent --page 2"]]);
    expect((await press(second, "Previous", stage())).text).toBe(first.text);
    const shared = await type("list sent --share", stage());
    expect(shared.buttons.get("Next")).toBe("list sent --share --page 2");
  });

  it("has a way back from a page that is not there any more", async () => {
    const { text, buttons } = await type("list sent --page 9", stage());
    expect(text).toBe("There is no sent contract here.");
    expect(buttons.get("Previous")).toBe("list sent --page 8");
  });
});
