import { readEffects } from "@countersign/store";
import { describe, expect, it } from "vitest";
import { ask, asking, openStage, rolesWith, saidBy, use } from "../../acting/testing/stage.ts";
import { remindAction } from "../../actions/remind/index.ts";
import { readReminder } from "../../reminders/decide.ts";
import { remind } from "./index.ts";

const stage = openStage();

describe("/contract remind", () => {
  it("has the provider remind whose turn it is, once in four hours", async () => {
    const { id } = await stage().contract("Lark lease");
    expect(await ask(remind, "lark lease", stage())).toBe(
      "DocuSign reminds Ann Lee of “Lark lease”.",
    );
    const again = await ask(remind, id, stage(), { userId: "U000000002" });
    expect(again).toMatch(/^The signers were reminded <!date\^\d+\^.*> by <@U000000001>\. Another/);
    const effects = await readEffects(stage().store, id);
    expect(effects.map(readReminder)).toEqual([{ by: "U000000001", whom: ["Ann Lee"] }]);
    stage().wait(4 * 3_600);
    expect(await ask(remind, id, stage())).toContain("DocuSign reminds Ann Lee");
  });

  it("gives the vendor's own reason", async () => {
    const { id } = await stage().contract("Swift lease");
    const { sources } = stage().ports;
    const refusing = {
      ...sources,
      remind: async () => ({ outcome: "refused", code: "x", message: "Not *today*" }) as const,
    };
    const ports = { ...stage().ports, sources: refusing };
    expect(await ask(remind, id, { ...stage(), ports })).toBe(
      "DocuSign does not remind the signers of “Swift lease”. It says: Not ∗today∗.",
    );
  });

  it("says so where the source cannot", async () => {
    const { id } = await stage().contract("Stork lease");
    const sources = { ...stage().ports.sources, canRemind: () => false };
    const ports = { ...stage().ports, sources };
    expect(await ask(remind, id, { ...stage(), ports })).toContain("I cannot send reminders");
  });

  it("is for whom the roles say", async () => {
    const { id } = await stage().contract("Crane lease");
    const ports = { ...stage().ports, roles: rolesWith("remind", ["U000000002"]) };
    expect(await ask(remind, id, { ...stage(), ports })).toBe(
      "Only admins and the people named in countersign.yaml may send reminders. Ask one of them.",
    );
    expect(await readEffects(stage().store, id)).toEqual([]);
    const allowed = await ask(remind, id, { ...stage(), ports }, { userId: "U000000002" });
    expect(allowed).toContain("DocuSign reminds Ann Lee");
  });
});

it("the button reminds", async () => {
  const { id } = await stage().contract("Ibis lease");
  const reply = await remindAction.run(use(id), asking(), stage().ports);
  expect(saidBy(reply)).toBe("DocuSign reminds Ann Lee of “Ibis lease”.");
});
