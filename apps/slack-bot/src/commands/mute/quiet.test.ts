import { dana, mara, noor } from "@countersign/sandbox";
import { readQuieted } from "@countersign/store";
import { describe, expect, it } from "vitest";
import type { Asking } from "../../asking.ts";
import { ask, asking, openStage, saidBy, use } from "../../acting/testing/stage.ts";
import { quietAction } from "../../actions/quiet/index.ts";
import { quietValue, type QuietSpan } from "../../blocks/quiet-choice.ts";
import { snooze } from "../snooze/index.ts";
import { unmute } from "../unmute/index.ts";
import { mute } from "./index.ts";

const stage = openStage();

async function quietedBy(contractId: string) {
  const quieted = await readQuieted(stage().store, contractId);
  return quieted.map(({ audience, until, madeBy }) => [audience, until, madeBy]);
}

describe("/contract mute", () => {
  it("is for whoever asks, and ends with unmute", async () => {
    const { id } = await stage().contract("Rook lease");
    expect(await ask(mute, "rook lease", stage())).toBe(
      "“Rook lease” is muted for you. You get no direct messages and no nudges about it; its card stays true. To undo it: /contract unmute &lt;contract&gt;.",
    );
    expect(await quietedBy(id)).toEqual([[dana.id, null, dana.id]]);
    expect(await ask(unmute, id, stage())).toBe("“Rook lease” is heard of again for you.");
    expect(await ask(unmute, id, stage())).toBe("“Rook lease” is not muted for you.");
    expect(await quietedBy(id)).toEqual([]);
  });

  it("is for the channel where an admin says so", async () => {
    const { id } = await stage().contract("Raven lease");
    expect(await ask(mute, `${id} here`, stage())).toBe(
      "Only admins may mute a contract for a whole channel. Ask one of them.",
    );
    expect(await quietedBy(id)).toEqual([]);
    const said = await ask(mute, `${id} here`, stage(), { userId: noor.id });
    expect(said).toContain("is muted in this channel. Nothing new is said about it here");
    expect(await quietedBy(id)).toEqual([["C000000002", null, noor.id]]);
    expect(await ask(unmute, `${id} here`, stage())).toContain("Only admins may mute");
    const ended = await ask(unmute, `${id} here`, stage(), { userId: noor.id });
    expect(ended).toContain("is heard of again in this channel.");
  });

  it("is for oneself in direct messages, and needs a channel elsewhere", async () => {
    const { id } = await stage().contract("Magpie lease");
    expect(await ask(mute, `${id} here`, stage(), { channel: "D000000001" })).toContain("for you");
    expect(await quietedBy(id)).toEqual([[dana.id, null, dana.id]]);
    expect(await ask(mute, `${id} here`, stage(), { channel: null })).toContain(
      "Say that in a channel",
    );
  });
});

describe("/contract snooze", () => {
  it("ends by itself, in the time zone of whoever asks", async () => {
    const { id } = await stage().contract("Jay lease");
    const said = await ask(snooze, `${id} tomorrow`, stage(), { userId: mara.id });
    expect(said).toMatch(/^“Jay lease” is snoozed for you until <!date\^\d+\^[^>]*>\. You get/);
    const [[, until] = []] = await quietedBy(id);
    const there = new Intl.DateTimeFormat("en", {
      timeZone: mara.zone,
      timeStyle: "short",
      hourCycle: "h23",
    });
    expect(until instanceof Date && there.format(until)).toBe("09:00");
  });

  it.each([
    ["", "Say which contract, and for how long"],
    ["2h", "Say which contract, and for how long"],
    ["jay lease", "I do not know how long “lease” is."],
    ["jay 91d", "A snooze ends within 90 days."],
    ["nowhere 2h", "No contract answers to “nowhere”."],
  ])("refuses %j with what to do", async (words, said) => {
    expect(await ask(snooze, words, stage())).toContain(said);
  });
});

function choose(span: QuietSpan, contractId: string, more: Partial<Asking> = {}) {
  return quietAction.run(use(quietValue({ span, contractId })), asking(more), stage().ports);
}

describe("the menu of a card", () => {
  it("mutes for the channel where that is allowed", async () => {
    const { id } = await stage().contract("Dove lease");
    const said = saidBy(await choose("mute", id, { userId: noor.id }));
    expect(said).toContain("is muted in this channel");
    expect(await quietedBy(id)).toEqual([["C000000002", null, noor.id]]);
  });

  it("else for oneself, and says so", async () => {
    const { id } = await stage().contract("Gull lease");
    const said = saidBy(await choose("mute", id));
    expect(said).toContain("is muted for you.");
    expect(said).toContain("You may not do that for the whole channel, so it is for you alone.");
    expect(await quietedBy(id)).toEqual([[dana.id, null, dana.id]]);
  });

  it.each([
    ["day", 24],
    ["week", 168],
  ] as const)("snoozes for a %s", async (span, hours) => {
    const { id } = await stage().contract(`Tern ${span}`);
    const asked = stage().store.now().getTime();
    saidBy(await choose(span, id, { channel: null }));
    const [[audience, until] = []] = await quietedBy(id);
    const lasts = until instanceof Date ? until.getTime() - asked : 0;
    expect(audience).toBe(dana.id);
    expect(Math.round(lasts / 3_600_000)).toBe(hours);
  });

  it("does nothing for what it does not know", async () => {
    const reply = await quietAction.run(use("year:x"), asking(), stage().ports);
    expect(reply).toEqual({ kind: "nothing" });
  });
});
