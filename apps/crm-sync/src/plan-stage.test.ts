import { contractStatuses, type ContractStatus } from "@countersign/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findUnknownStages, planStage } from "./plan-stage.ts";
import { aDeal, mapping, stages } from "./testing/a-deal.ts";

const nowhere: string[] = [];

describe("planStage", () => {
  it.each<[ContractStatus, string, string[], string | null]>([
    ["sent", "early", nowhere, "proposal"],
    ["completed", "early", nowhere, "won"],
    ["declined", "review", nowhere, "lost"],
    ["sent", "proposal", nowhere, null],
    ["draft", "early", nowhere, null],
    ["voided", "early", nowhere, null],
    ["completed", "proposal", ["proposal"], "won"],
    ["declined", "won", ["won"], null],
  ])("%s, deal at %s, moved to %j before: %s", (status, at, moved, to) => {
    const expected = to === null ? { kind: "stay" } : { kind: "move", to };
    expect(planStage(status, aDeal(at), mapping.stages, new Set(moved))).toEqual(expected);
  });

  it.each<[string, ContractStatus, string, string[]]>([
    ["already-further", "sent", "review", nowhere],
    ["already-further", "sent", "a stage that the pipeline does not list", nowhere],
    ["closed-by-person", "completed", "lost", nowhere],
    ["closed-by-person", "declined", "won", ["proposal"]],
    ["moved-back-by-person", "viewed", "early", ["review"]],
    ["moved-back-by-person", "completed", "proposal", ["won"]],
  ])("%s: %s, deal at %s, moved to %j before", (code, status, at, moved) => {
    const plan = planStage(status, aDeal(at), mapping.stages, new Set(moved));
    expect(plan).toMatchObject({ kind: "leave", why: { code } });
  });

  it("leaves a pipeline alone that countersign.yaml does not know", () => {
    const deal = { ...aDeal("early"), pipeline: "renewals" };
    expect(planStage("sent", deal, mapping.stages, new Set())).toMatchObject({
      kind: "leave",
      why: {
        code: "no-mapping-for-pipeline",
        message: expect.stringMatching(/"renewals".*hubspot\.pipelines\.sales/),
      },
    });
  });

  it.each(["typo", "old"])("says where a stage that cannot be taken stands: %s", (wanted) => {
    const stageMapping = {
      pipeline: "sales",
      place: "hubspot.pipelines.sales",
      stages: { sent: wanted },
    };
    const message = `hubspot.pipelines.sales.sent in countersign.yaml says "${wanted}", but there is no such stage. The stages are "early" (EARLY), "proposal" (PROPOSAL), "review" (REVIEW), "won" (WON), "lost" (LOST).`;
    expect(planStage("sent", aDeal("early"), [stageMapping], new Set())).toEqual({
      kind: "leave",
      why: { code: "unknown-stage", message },
    });
    expect(findUnknownStages(stageMapping, stages)).toEqual([message]);
  });
});

const status = fc.constantFrom(...contractStatuses);
const stageId = fc.constantFrom(...stages.map(({ id }) => id));
const position = (id: string) => stages.findIndex((stage) => stage.id === id);

describe("for any mapping and any contract versions, with repetitions", () => {
  const mapped = fc.dictionary(status, stageId, { noNullPrototype: true });

  it("a deal is never moved backwards, nor out of a closed stage", () => {
    const versions = fc.array(status, { maxLength: 20 });
    fc.assert(
      fc.property(mapped, stageId, versions, (byStatus, start, statuses) => {
        let at = start;
        const moved = new Set<string>();
        for (const each of statuses) {
          const deal = aDeal(at);
          const mappings = [{ pipeline: "sales", place: "p", stages: byStatus }];
          const plan = planStage(each, deal, mappings, moved);
          if (plan.kind !== "move") continue;
          expect(deal.closed).toBeNull();
          expect(position(plan.to)).toBeGreaterThan(position(at));
          at = plan.to;
          moved.add(at);
        }
      }),
    );
  });

  it("a repetition changes nothing", () => {
    fc.assert(
      fc.property(mapped, stageId, status, (byStatus, start, each) => {
        const mappings = [{ pipeline: "sales", place: "p", stages: byStatus }];
        const plan = planStage(each, aDeal(start), mappings, new Set());
        if (plan.kind !== "move") return;
        const again = planStage(each, aDeal(plan.to), mappings, new Set([plan.to]));
        expect(again).toEqual({ kind: "stay" });
      }),
    );
  });

  it("a person's move is never undone", () => {
    fc.assert(
      fc.property(mapped, stageId, stageId, status, (byStatus, ours, theirs, each) => {
        fc.pre(ours !== theirs);
        const mappings = [{ pipeline: "sales", place: "p", stages: byStatus }];
        const plan = planStage(each, aDeal(theirs), mappings, new Set([ours]));
        expect(plan).not.toEqual({ kind: "move", to: ours });
      }),
    );
  });
});
