import { contractStatuses, type ContractStatus } from "@countersign/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Deal } from "./crms/crm.ts";
import type { Known } from "./known.ts";
import type { Rule } from "./mapping/mapping.ts";
import { isNothing, planChange } from "./plan-change.ts";
import { aContractState, anEvent } from "./testing/a-contract.ts";
import { aDeal, aLine, rules, stages } from "./testing/a-deal.ts";

/** A deal, what Countersign has written to it, and what a person does to it: a small CRM. */
type World = { deal: Deal; known: Known };

const rule = fc.constantFrom<Rule>("ours", "theirs", "fill-blank", "newest");
const stageId = fc.constantFrom(...stages.map(({ id }) => id));
const text = fc.option(fc.constantFrom("a", "b", "c"));
const contract = fc
  .record({
    status: fc.constantFrom<ContractStatus>(...contractStatuses),
    title: text,
    hour: fc.integer({ min: 10, max: 23 }),
  })
  .map(({ status, title, hour }) =>
    aContractState({ status, title, lastEventAt: `2026-05-04T${hour}:00:00.000Z` }),
  );
const lines = fc
  .tuple(rule, rule)
  .map(([first, second]) => [
    aLine("status", "status", { rule: first }),
    aLine("title", "title", { rule: second }),
  ]);
const start = fc.record({ stage: stageId, status: text, title: text });

function begin({ stage, ...fields }: { stage: string } & Deal["fields"]): World {
  return { deal: aDeal(stage, fields), known: { fields: new Map(), moves: [], last: null } };
}

type Contract = ReturnType<typeof aContractState>;
type Lines = ReturnType<typeof aLine>[];

function plan({ deal, known }: World, of: Contract, writes: Lines) {
  const events = [anEvent("contract.sent", of.lastEventAt ?? "")];
  const situation = { events, provider: null, rules: { ...rules, writes }, known: () => known };
  return planChange({ contract: of, deal, ...situation });
}

function look(world: World, of: Contract, writes: Lines): World {
  const [write] = plan(world, of, writes).writes;
  if (write === undefined) return world;
  const { stage, fields } = write.values;
  const at = of.lastEventAt ?? null;
  const written = Object.entries(fields).map(([name, value]) => [name, { value, at }] as const);
  const moves = stage === null ? [] : [{ stage, contractId: of.id }];
  return {
    deal: aDeal(stage ?? world.deal.stage, { ...world.deal.fields, ...fields }),
    known: {
      fields: new Map([...world.known.fields, ...written]),
      moves: [...world.known.moves, ...moves],
      last: "1",
    },
  };
}

const position = (id: string) => stages.findIndex((stage) => stage.id === id);
const isClosed = (id: string) => stages.some((stage) => stage.id === id && stage.closed !== null);

describe("for any rules, deal and versions of a contract", () => {
  it("a second look at the same contract plans nothing", () => {
    fc.assert(
      fc.property(lines, start, fc.array(contract, { maxLength: 5 }), contract, (...given) => {
        const [writes, first, versions, last] = given;
        let world = begin(first);
        for (const version of [...versions, last]) world = look(world, version, writes);
        expect(plan(world, last, writes).writes).toEqual([]);
      }),
    );
  });

  it("a deal never goes backwards and never leaves a closed stage, in whatever order versions come", () => {
    fc.assert(
      fc.property(lines, start, fc.array(contract, { maxLength: 8 }), (writes, first, versions) => {
        let world = begin(first);
        for (const version of versions) {
          const before = world.deal.stage;
          world = look(world, version, writes);
          const after = world.deal.stage;
          expect(
            after === before || (!isClosed(before) && position(after) > position(before)),
          ).toBe(true);
        }
      }),
    );
  });

  it("an edit that a rule leaves to a person outlives every later version", () => {
    const kept = fc.constantFrom<Rule>("theirs", "fill-blank");
    fc.assert(
      fc.property(kept, contract, fc.array(contract, { maxLength: 5 }), (one, first, versions) => {
        const writes = [aLine("title", "title", { rule: one })];
        let world = look(begin({ stage: "early" }), first, writes);
        fc.pre(first.title !== null);
        const edited = aDeal(world.deal.stage, { ...world.deal.fields, title: "a person's" });
        world = { ...world, deal: edited };
        for (const version of versions) {
          const { left } = plan(world, version, writes);
          expect(left.length > 0 || version.title === null).toBe(true);
          world = look(world, version, writes);
        }
        expect(world.deal.fields["title"]).toBe("a person's");
      }),
    );
  });

  it("writes nothing that is not something", () => {
    fc.assert(
      fc.property(lines, start, contract, (writes, first, version) => {
        for (const { values } of plan(begin(first), version, writes).writes) {
          expect(isNothing(values)).toBe(false);
        }
      }),
    );
  });
});
