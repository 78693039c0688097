import type { Effect } from "@countersign/store";
import { expect, it } from "vitest";
import { readKnown } from "./known.ts";
import { aDeal } from "./testing/a-deal.ts";

const at = new Date("2026-05-04T09:00:00Z");
const because = (time: string) => ({ rule: "ours", from: "status", at: time });

function done(id: string, contractId: string, plan: Effect["plan"], target = "1"): Effect {
  return {
    id,
    key: id,
    destination: "hubspot",
    contractId,
    target,
    kind: "deal.update",
    status: "done",
    plan,
    before: null,
    after: null,
    outsideId: "1",
    code: null,
    message: null,
    plannedAt: at,
    calledAt: at,
    settledAt: at,
  };
}

it("knows the last write of each field, and every stage with its contract", () => {
  const effects = [
    done("1", "a", {
      stage: "sent",
      fields: { status: "sent", title: "Lease" },
      because: { stage: null, fields: { status: because("2026-05-04T09:00:00.000Z") } },
    }),
    done("2", "b", { stage: "won", fields: { status: "completed" } }),
  ];
  const known = readKnown(effects, aDeal("won"));
  expect(known.last).toBe("2");
  expect(known.moves).toEqual([
    { stage: "sent", contractId: "a" },
    { stage: "won", contractId: "b" },
  ]);
  expect([...known.fields]).toEqual([
    ["status", { value: "completed", at: null }],
    ["title", { value: "Lease", at: null }],
  ]);
});

it("takes an undo for a write of the old value, and for no move of its own", () => {
  const undoes = { stage: "won", fields: { status: "completed" } };
  const effects = [
    done("1", "a", undoes),
    done("2", "a", { stage: "early", fields: { status: null }, undoes }),
  ];
  const { fields, moves } = readKnown(effects, aDeal("early"));
  expect(fields.get("status")).toEqual({ value: null, at: null, undid: "completed" });
  expect(moves).toEqual([{ stage: "won", contractId: "a" }]);
});

const write = (id: string, title: string, target: string) =>
  done(id, "a", { stage: null, fields: { title } }, target);

it.each([
  ["the one that has stayed, of what was merged", "Older", "Older"],
  ["the last, where a person's has stayed", "Somebody's", "Later"],
])("takes for its last word %s", (_which, stands, ours) => {
  const merged = [write("1", "Oldest", "8"), write("2", "Older", "8"), write("3", "Later", "9")];
  const deal = aDeal("early", { title: stands });
  expect(readKnown(merged, deal).fields.get("title")?.value).toBe(ours);
  const since = [...merged, write("4", "Since", deal.recordId)];
  expect(readKnown(since, deal).fields.get("title")?.value).toBe("Since");
});
