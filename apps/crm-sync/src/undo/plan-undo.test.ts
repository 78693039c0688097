import type { Effect } from "@countersign/store";
import fc from "fast-check";
import { expect, it } from "vitest";
import { aDeal } from "../testing/a-deal.ts";
import { planUndo } from "./plan-undo.ts";

type Value = string | null;

/** Done effects on the deal's field `status`: what each replaced and left. */
function effects(...writes: [Value, Value][]): Effect[] {
  return writes.map(([before, after], index) =>
    anEffect(String(index + 1), { fields: { status: before } }, { fields: { status: after } }),
  );
}

function anEffect(
  id: string,
  before: { stage?: string | null; fields?: Record<string, Value> },
  after: { stage?: string | null; fields?: Record<string, Value> },
): Effect {
  const at = new Date("2026-05-04T09:00:00Z");
  const values = { stage: null, fields: {} };
  return {
    id,
    key: id,
    destination: "hubspot",
    contractId: `docusign/c${id}`,
    target: "1",
    kind: "deal.update",
    status: "done",
    plan: { ...values, ...after },
    before: { ...values, ...before },
    after: { ...values, ...after },
    outsideId: "1",
    code: null,
    message: null,
    plannedAt: at,
    calledAt: at,
    settledAt: at,
  };
}

function undoOf(done: Effect[], ids: string[], status: Value) {
  const { restores, left } = planUndo(done, new Set(ids), [aDeal("early", { status })]);
  const [restore] = restores;
  return restore === undefined ? left.map(({ code }) => code) : restore.values.fields["status"];
}

const two: [Value, Value][] = [
  [null, "sent"],
  ["sent", "completed"],
];

it.each<[string, [Value, Value][], string[], Value, unknown]>([
  ["the last write", two, ["2"], "completed", "sent"],
  ["both", two, ["1", "2"], "completed", null],
  ["the first one alone", two, ["1"], "completed", ["written-since"]],
  ["what somebody changed since", two, ["1", "2"], "hello", ["changed-since"]],
  ["what stands there already", two, ["1", "2"], null, []],
  ["nothing", two, [], "completed", []],
])("undoes %s", (_what, writes, ids, now, expected) => {
  expect(undoOf(effects(...writes), ids, now)).toEqual(expected);
});

it("puts the stage back with the fields, and says what it takes back and after which write", () => {
  const before = { stage: "early", fields: { status: null } };
  const after = { stage: "won", fields: { status: "completed" } };
  const deal = aDeal("won", { status: "completed" });
  expect(planUndo([anEffect("7", before, after)], new Set(["7"]), [deal])).toEqual({
    restores: [
      {
        target: { on: "deal", recordId: "1" },
        contractId: "docusign/c7",
        values: before,
        undoes: after,
        since: "7",
      },
    ],
    left: [],
  });
});

it("leaves a stage that a person has moved on, and puts the fields back", () => {
  const before = { stage: "early", fields: { status: null } };
  const after = { stage: "proposal", fields: { status: "sent" } };
  const plan = planUndo([anEffect("7", before, after)], new Set(["7"]), [
    aDeal("review", { status: "sent" }),
  ]);
  expect(plan.restores).toMatchObject([{ values: { stage: null, fields: { status: null } } }]);
  expect(plan.left).toMatchObject([{ field: null, code: "changed-since" }]);
});

it("says that a record is gone, and that a value was not kept", () => {
  const done = effects([null, "sent"]);
  expect(planUndo(done, new Set(["1"]), []).left).toMatchObject([{ code: "no-record" }]);
  const unkept = done.map((effect) => ({ ...effect, before: null }));
  const deal = aDeal("early", { status: "sent" });
  expect(planUndo(unkept, new Set(["1"]), [deal]).left).toMatchObject([{ code: "not-kept" }]);
});

it.each<[string, [Value, Value]]>([
  ["an empty field", [null, "sent"]],
  ["a person's value", ["Mara's", "sent"]],
])("says that a field with %s before was not read, and not that it is empty", (_what, write) => {
  const unread = aDeal("early", {}, { fields: {} });
  const { restores, left } = planUndo(effects(write), new Set(["1"]), [unread]);
  expect(restores).toEqual([]);
  expect(left).toMatchObject([
    { field: "status", code: "not-read", message: expect.stringMatching(/put its line back/) },
  ]);
});

it("says nothing of a field that is not read any more where it was put back before", () => {
  const unread = aDeal("early", {}, { fields: {} });
  const done = effects([null, "sent"], ["sent", null]);
  expect(planUndo(done, new Set(["1"]), [unread])).toEqual({ restores: [], left: [] });
});

it("undoing all of a chain of writes, whoever looks at it when, gives the first value or says why not", () => {
  const value = fc.constantFrom("a", "b", "c", "d");
  fc.assert(
    fc.property(
      value,
      fc.array(value, { minLength: 1, maxLength: 6 }),
      value,
      (start, all, now) => {
        const writes = all.map((after, index): [Value, Value] => [all[index - 1] ?? start, after]);
        const done = effects(...writes);
        const end = undoOf(
          done,
          done.map(({ id }) => id),
          now,
        );
        const untouched = now === all.at(-1);
        const expected = now === start ? [] : untouched ? start : ["changed-since"];
        expect(end).toEqual(expected);
      },
    ),
  );
});
