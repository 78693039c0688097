import type { Effect } from "@countersign/store";
import { describe, expect, it } from "vitest";
import { decide, wishOf } from "./decide.ts";
import { keyOf } from "./field-write.ts";

const crm = { id: "hubspot" } as const;
const at = new Date("2026-11-27T10:00:00Z");

function effect(id: string, to: string | null, more: Partial<Effect> = {}): Effect {
  return {
    id,
    key: `key ${id}`,
    destination: "hubspot-write-back",
    contractId: "c",
    target: "1",
    kind: "field.write",
    status: "done",
    plan: { field: "hubspot_deal_id", from: null, to },
    before: null,
    after: null,
    outsideId: null,
    code: null,
    message: null,
    plannedAt: at,
    calledAt: at,
    settledAt: at,
    ...more,
  };
}

const begun = { status: "planned", settledAt: null } as const;
const keyFor = (wanted: string | null, since: string | null, heard: string | null) =>
  keyOf(crm, "c", { wanted, since, heard });

describe("what is next", () => {
  it.each<[string, string | null | undefined, string | null, Effect[], string]>([
    ["nobody has a wish", undefined, null, [], "nothing"],
    ["a deal was chosen", "1", null, [], "look"],
    ["it is named already", "1", "1", [], "nothing"],
    ["another one is named", "1", "2", [], "look"],
    ["it was written", "1", null, [effect("7", "1")], "nothing"],
    ["it was written, and a person wrote another since", "1", "2", [effect("7", "1")], "nothing"],
    ["another deal was written", "2", "1", [effect("7", "1")], "look"],
    ["ours is to go", null, "1", [effect("7", "1")], "look"],
    ["ours went", null, null, [effect("7", "1"), effect("8", null)], "nothing"],
    ["nothing of ours is to go", null, "1", [], "nothing"],
    ["it was chosen anew", "1", null, [effect("7", "1"), effect("8", null)], "look"],
    [
      "it was chosen anew, and our word of before is what was heard",
      "1",
      "1",
      [effect("7", "1"), effect("8", null)],
      "look",
    ],
    ["a write has no end yet", "1", null, [effect("7", "1", begun)], "doubt"],
    [
      "it has none, and nobody has a wish any more",
      undefined,
      null,
      [effect("7", "1", begun)],
      "doubt",
    ],
    [
      "it was planned and not called",
      "1",
      null,
      [effect("7", "1", { ...begun, calledAt: null })],
      "look",
    ],
    [
      "it failed for good",
      "1",
      null,
      [effect("7", "1", { status: "failed", key: keyFor("1", null, null) })],
      "nothing",
    ],
    [
      "it was left because of what has changed since",
      "1",
      null,
      [effect("7", "1", { status: "skipped", key: keyFor("1", null, "2") })],
      "look",
    ],
  ])("where %s", (_what, wanted, heard, effects, next) => {
    expect(decide(crm, "c", { wanted, heard, effects }).is).toBe(next);
  });

  it("is a look for the latest wish, with what stands there of ours", () => {
    const effects = [effect("7", "1"), effect("8", "9", { status: "failed" })];
    expect(decide(crm, "c", { wanted: "2", heard: "1", effects })).toEqual({
      is: "look",
      key: keyFor("2", "7", "1"),
      wanted: "2",
      ours: "1",
    });
  });
});

const superseded = (id: string, its: string) =>
  effect(id, "1", { status: "skipped", code: "superseded", key: its });

function keyOfNext(effects: Effect[]): string {
  const next = decide(crm, "c", { wanted: "1", heard: null, effects });
  return next.is === "look" ? next.key : next.is;
}

describe("a wish that was put off, given up for another, and is there again", () => {
  const key = keyFor("1", null, null);
  it("is a look with a key of its own", () => {
    expect(keyOfNext([superseded("7", key)])).toBe(`${key}/2`);
    expect(keyOfNext([superseded("7", key), superseded("8", `${key}/2`)])).toBe(`${key}/3`);
  });

  it("goes on with what is planned, and ends with what was left", () => {
    const again = { key: `${key}/2`, settledAt: null, calledAt: null };
    const planned = effect("8", "1", { ...again, status: "planned" });
    expect(keyOfNext([superseded("7", key), planned])).toBe(`${key}/2`);
    const left = effect("8", "1", { ...again, status: "skipped", code: "other-value" });
    expect(keyOfNext([superseded("7", key), left])).toBe("nothing");
  });
});

const tie = (foundBy: "custom-field" | "rule" | "person", destination = "hubspot") => ({
  contractId: "c",
  destination,
  recordId: "1",
  foundBy,
  certainty: 1,
  detail: "",
});
const removed = (destination = "hubspot") => ({
  contractId: "c",
  destination,
  recordId: "1",
  detail: "Mara",
});

it.each([
  ["a rule's tie", { links: [tie("rule")], removed: [] }, "1"],
  ["a person's", { links: [tie("person")], removed: [] }, "1"],
  ["the contract's own", { links: [tie("custom-field")], removed: [] }, undefined],
  ["another CRM's", { links: [tie("person", "salesforce")], removed: [] }, undefined],
  ["one that was taken away", { links: [], removed: [removed()] }, null],
  ["another CRM's that was", { links: [], removed: [removed("salesforce")] }, undefined],
  ["none", { links: [], removed: [] }, undefined],
])("of %s the wish is as it should be", (_what, ties, wish) => {
  expect(wishOf(crm, ties)).toBe(wish);
});
