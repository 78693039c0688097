import type { Effect } from "@countersign/store";
import { expect, it } from "vitest";
import { readKnown } from "./known.ts";

const at = new Date("2026-05-04T09:00:00Z");
const because = (time: string) => ({ rule: "ours", from: "status", at: time });

function done(id: string, contractId: string, plan: Effect["plan"]): Effect {
  return {
    id,
    key: id,
    destination: "hubspot",
    contractId,
    target: "1",
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
  const known = readKnown([
    done("1", "a", {
      stage: "sent",
      fields: { status: "sent", title: "Lease" },
      because: { stage: null, fields: { status: because("2026-05-04T09:00:00.000Z") } },
    }),
    done("2", "b", { stage: "won", fields: { status: "completed" } }),
  ]);
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
  const { fields, moves } = readKnown([
    done("1", "a", undoes),
    done("2", "a", { stage: "early", fields: { status: null }, undoes }),
  ]);
  expect(fields.get("status")).toEqual({ value: null, at: null, undid: "completed" });
  expect(moves).toEqual([{ stage: "won", contractId: "a" }]);
});
