import { contractStatuses } from "@countersign/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { aContractState } from "../testing/a-contract.ts";
import { decide } from "./decide.ts";
import type { Rules } from "./mapping.ts";

const by = (several: Rules["several"]) => ({ several, primaryField: "primary_contract" });

/** Contracts a, b, c … in these states, sent and last changed in this order. */
function contracts(...states: string[]): [{ contract: ReturnType<typeof aContractState> }] {
  const [first, ...others] = states.map((state, index) => {
    const status = contractStatuses.find((one) => one === state.replace("*", "")) ?? "sent";
    const at = `2026-05-0${index + 1}T09:00:00.000Z`;
    const fields: Record<string, string> = state.endsWith("*") ? { primary_contract: "Yes" } : {};
    const id = "abcdef"[index] ?? "";
    return { contract: aContractState({ id, status, fields, sentAt: at, lastEventAt: at }) };
  });
  if (first === undefined) throw new Error("Name a contract.");
  return Object.assign<[typeof first], typeof others>([first], [first, ...others]);
}

it.each<[Rules["several"], string[], string]>([
  ["any", ["sent"], "a"],
  ["any", ["sent", "completed", "viewed"], "b"],
  ["any", ["voided", "sent"], "b"],
  ["any", ["declined", "voided"], "b"],
  ["any", ["sent", "sent"], "b"],
  ["all", ["completed", "viewed", "sent"], "c"],
  ["all", ["completed", "completed"], "b"],
  ["all", ["completed", "voided"], "a"],
  ["all", ["completed", "declined"], "b"],
  ["all", ["declined", "viewed"], "b"],
  ["all", ["voided", "voided"], "b"],
  ["primary", ["sent", "completed"], "a"],
  ["primary", ["sent", "completed*"], "b"],
  ["primary", ["sent*", "completed*"], "a"],
  ["primary", ["voided", "completed"], "a"],
])("%s of %j: %s", (several, states, expected) => {
  expect(decide(contracts(...states), by(several)).contract.id).toBe(expected);
});

const state = fc.constantFrom(...contractStatuses, ...contractStatuses.map((one) => `${one}*`));
const several = fc.constantFrom<Rules["several"]>("any", "all", "primary");

it("the same contracts in another order give the same answer", () => {
  const shuffled = fc
    .array(state, { minLength: 1, maxLength: 5 })
    .map((states) => contracts(...states))
    .chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
      ),
    );
  fc.assert(
    fc.property(several, shuffled, (how, [all, [first, ...others]]) => {
      if (first === undefined) throw new Error("Nothing was shuffled.");
      expect(decide([first, ...others], by(how))).toBe(decide(all, by(how)));
    }),
  );
});

it("by all, a completed contract speaks only where none is open and none has failed", () => {
  fc.assert(
    fc.property(fc.array(state, { minLength: 1, maxLength: 5 }), (states) => {
      const all = contracts(...states);
      if (decide(all, by("all")).contract.status !== "completed") return;
      const statuses = new Set(all.map(({ contract }) => contract.status));
      expect([...statuses].toSorted().filter((one) => one !== "voided")).toEqual(["completed"]);
    }),
  );
});
