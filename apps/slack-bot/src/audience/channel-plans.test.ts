import type { Quieted } from "@countersign/store";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { someTerms } from "../subscriptions/testing/arbitrary.ts";
import { pastOf, termsOf } from "../subscriptions/testing/facts.ts";
import { at, signing } from "../testing/contracts.ts";
import { planChannels, type PlanInput } from "./channel-plans.ts";
import type { Kept } from "./kept.ts";

const { facts, events } = pastOf({}, signing.sent, signing.annSigns);
const now = new Date(at("12:00"));
const early = new Date(at("08:00"));

const input: PlanInput = {
  kept: [],
  defaultChannel: null,
  factsIn: () => facts,
  events,
  quieted: [],
  standing: [],
  now,
};

let ids = 0;
function subscription(typed: string, more: Partial<Kept> = {}): Kept {
  ids += 1;
  const spot = { workspace: "T1", channel: "C1" };
  const by = { id: String(ids), madeBy: "U1", madeAt: early, stopped: null };
  return { ...spot, ...by, meaning: { kind: "terms", terms: termsOf(typed) }, ...more };
}

const inC1 = { workspace: "T1", channel: "C1" };
const stopped = { code: "is_archived", message: "" };

function plansOf(more: Partial<PlanInput>) {
  return planChannels({ ...input, ...more }).map(({ channel, merged, silence }) => {
    const told = events.filter((event) => merged.tells(event)).map(({ type }) => type);
    return [channel, merged.mode, silence, told.includes("recipient.signed")];
  });
}

describe("the configured channel", () => {
  const defaultChannel = inC1;

  it("hears of everything, until it has subscriptions of its own", () => {
    expect(plansOf({ defaultChannel })).toEqual([["C1", "thread", null, true]]);
    const kept = [subscription("event:sent mode:list")];
    expect(plansOf({ defaultChannel, kept })).toEqual([["C1", "list", null, false]]);
    expect(plansOf({ defaultChannel, kept: [subscription("tag:x")] })).toEqual([]);
    const elsewhere = subscription("", { channel: "C2" });
    expect(plansOf({ defaultChannel, kept: [elsewhere] })).toHaveLength(2);
  });

  it("does not hear of everything because its subscriptions are stopped", () => {
    const kept = [subscription("", { stopped })];
    expect(plansOf({ defaultChannel, kept, standing: [inC1] })).toEqual([]);
  });

  it("still hears of everything when it asks for a digest of that", () => {
    const times = { at: "09:00", days: "daily", timezone: "UTC" } as const;
    const kept = [subscription("", { meaning: { kind: "whole-digest", times } })];
    expect(plansOf({ defaultChannel, kept })).toEqual([["C1", "thread", null, true]]);
  });
});

it("keeps a card that stands true where nobody wants it any more, without lines", () => {
  expect(plansOf({ standing: [inC1] })).toEqual([["C1", "card", null, false]]);
  expect(plansOf({ standing: [inC1], kept: [subscription("tag:x")] })).toEqual([
    ["C1", "card", null, false],
  ]);
});

it("knows channels of two workspaces apart", () => {
  const kept = [subscription(""), subscription("mode:list", { workspace: "T2" })];
  expect(plansOf({ kept })).toEqual([
    ["C1", "thread", null, true],
    ["C1", "list", null, true],
  ]);
});

it("is one plan for a channel, whatever the order of its subscriptions", () => {
  const some = fc.array(someTerms, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(some, (all) => {
      const kept = all.map((terms) => subscription("", { meaning: { kind: "terms", terms } }));
      const plans = plansOf({ kept });
      expect(plans.length).toBeLessThan(2);
      expect(plansOf({ kept: kept.toReversed() })).toEqual(plans);
    }),
  );
});

function quieted(more: Partial<Quieted>): Quieted[] {
  return [{ workspace: "T1", audience: "C1", contractId: "x", until: null, madeBy: "U1", ...more }];
}

describe("what is quiet", () => {
  const kept = [subscription("")];
  it.each([
    [quieted({}), "muted"],
    [quieted({ until: new Date(at("12:01")) }), "snoozed"],
    [quieted({ until: now }), null],
    [quieted({ audience: "U1" }), null],
    [quieted({ workspace: "T2" }), null],
  ])("stays so for whom it is quiet (%#)", (given, silence) => {
    expect(plansOf({ kept, quieted: given })).toEqual([["C1", "thread", silence, true]]);
  });

  it("is muted rather than in the digest", () => {
    const digest = [subscription("mode:digest")];
    expect(plansOf({ kept: digest })).toEqual([["C1", "digest", "digest", true]]);
    expect(plansOf({ kept: digest, quieted: quieted({}) })).toEqual([
      ["C1", "digest", "muted", true],
    ]);
  });
});
