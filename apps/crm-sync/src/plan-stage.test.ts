import {
  contractStatuses,
  eventTypes,
  type ContractStatus,
  type EventType,
} from "@countersign/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findUnknownStages, planStage } from "./plan-stage.ts";
import { aDeal, stageMapping, stages } from "./testing/a-deal.ts";

const nowhere: string[] = [];
const byStatus = (status: ContractStatus) => ({ status, happened: [] });
const moved = (...to: string[]) => ({ forThis: new Set(to), forAny: new Set(to) });

describe("planStage", () => {
  it.each<[ContractStatus, string, string[], string | null]>([
    ["sent", "early", nowhere, "proposal"],
    ["completed", "early", nowhere, "won"],
    ["declined", "review", nowhere, "lost"],
    ["sent", "proposal", nowhere, null],
    ["draft", "early", nowhere, null],
    ["voided", "early", nowhere, null],
    ["completed", "proposal", ["proposal"], "won"],
  ])("%s, deal at %s, moved to %j before: %s", (status, at, before, to) => {
    const expected = to === null ? { kind: "stay" } : { kind: "move", to, by: status };
    const plan = planStage(byStatus(status), aDeal(at), [stageMapping], moved(...before));
    expect(plan).toEqual(expected);
  });

  it.each<[ContractStatus, EventType[], string, string, string]>([
    ["sent", ["contract.sent", "recipient.viewed"], "early", "review", "recipient.viewed"],
    ["sent", ["recipient.viewed", "contract.sent"], "early", "review", "recipient.viewed"],
    ["sent", ["contract.sent"], "early", "proposal", "sent"],
    ["viewed", ["recipient.bounced", "recipient.declined"], "early", "lost", "recipient.declined"],
    ["completed", ["recipient.declined"], "early", "won", "completed"],
  ])("%s, %j, deal at %s: %s by %s", (status, happened, at, to, by) => {
    const events = { "recipient.viewed": "review", "recipient.declined": "lost" };
    const withEvents = {
      ...stageMapping,
      stages: { sent: "proposal", completed: "won", ...events },
    };
    const plan = planStage({ status, happened }, aDeal(at), [withEvents], moved());
    expect(plan).toEqual({ kind: "move", to, by });
  });

  it.each<[string, ContractStatus, string, string[]]>([
    ["already-further", "sent", "review", nowhere],
    ["already-further", "sent", "a stage that the pipeline does not list", nowhere],
    ["closed-by-person", "completed", "lost", nowhere],
    ["closed-by-person", "declined", "won", ["proposal"]],
    ["closed-before", "declined", "won", ["won"]],
    ["moved-back-by-person", "viewed", "early", ["review"]],
    ["moved-back-by-person", "completed", "proposal", ["won"]],
  ])("%s: %s, deal at %s, moved to %j before", (code, status, at, before) => {
    const plan = planStage(byStatus(status), aDeal(at), [stageMapping], moved(...before));
    expect(plan).toMatchObject({ kind: "leave", why: { code } });
  });

  it("leaves a pipeline alone that countersign.yaml does not know", () => {
    const deal = { ...aDeal("early"), pipeline: "renewals" };
    expect(planStage(byStatus("sent"), deal, [stageMapping], moved())).toMatchObject({
      kind: "leave",
      why: {
        code: "no-mapping-for-pipeline",
        message: expect.stringMatching(/"renewals".*hubspot\.pipelines\.sales/),
      },
    });
  });

  it.each(["typo", "old"])("says where a stage that cannot be taken stands: %s", (wanted) => {
    const faulty = { ...stageMapping, stages: { sent: wanted } };
    const message = `hubspot.pipelines.sales.sent in countersign.yaml says "${wanted}", but there is no such stage. The stages are "early" (EARLY), "proposal" (PROPOSAL), "review" (REVIEW), "won" (WON), "lost" (LOST).`;
    expect(planStage(byStatus("sent"), aDeal("early"), [faulty], moved())).toEqual({
      kind: "leave",
      why: { code: "unknown-stage", message },
    });
    expect(findUnknownStages(faulty, stages)).toEqual([message]);
  });
});

const status = fc.constantFrom(...contractStatuses);
const happening = fc.constantFrom(...contractStatuses, ...eventTypes);
const stageId = fc.constantFrom(...stages.map(({ id }) => id));
const position = (id: string) => stages.findIndex((stage) => stage.id === id);
const contract = fc.record({ status, happened: fc.array(fc.constantFrom(...eventTypes)) });

describe("for any mapping and any contract versions, with repetitions", () => {
  const mapped = fc
    .dictionary(happening, stageId, { noNullPrototype: true })
    .map((byHappening) => [{ ...stageMapping, stages: byHappening }]);

  it("a deal is never moved backwards, nor out of a closed stage", () => {
    const versions = fc.array(contract, { maxLength: 20 });
    fc.assert(
      fc.property(mapped, stageId, versions, (mappings, start, contracts) => {
        let at = start;
        const before: string[] = [];
        for (const each of contracts) {
          const deal = aDeal(at);
          const plan = planStage(each, deal, mappings, moved(...before));
          if (plan.kind !== "move") continue;
          expect(deal.closed).toBeNull();
          expect(position(plan.to)).toBeGreaterThan(position(at));
          at = plan.to;
          before.push(at);
        }
      }),
    );
  });

  it("a repetition changes nothing", () => {
    fc.assert(
      fc.property(mapped, stageId, contract, (mappings, start, each) => {
        const plan = planStage(each, aDeal(start), mappings, moved());
        if (plan.kind !== "move") return;
        expect(planStage(each, aDeal(plan.to), mappings, moved(plan.to))).toEqual({ kind: "stay" });
      }),
    );
  });

  it("the order of the events makes no difference where none of them closes the deal", () => {
    const open = fc.constantFrom(
      ...stages.filter(({ closed, retired }) => closed === null && !retired).map(({ id }) => id),
    );
    const openOnly = fc.dictionary(happening, open, { noNullPrototype: true });
    fc.assert(
      fc.property(openOnly, stageId, contract, (byHappening, start, each) => {
        const mappings = [{ ...stageMapping, stages: byHappening }];
        const turned = { ...each, happened: each.happened.toReversed() };
        const stagesOf = [each, turned].map((one) => {
          const plan = planStage(one, aDeal(start), mappings, moved());
          return plan.kind === "move" ? plan.to : plan.kind;
        });
        expect(stagesOf[0]).toBe(stagesOf[1]);
      }),
    );
  });

  it("a person's move is never undone", () => {
    fc.assert(
      fc.property(mapped, stageId, stageId, contract, (mappings, ours, theirs, each) => {
        fc.pre(ours !== theirs);
        const plan = planStage(each, aDeal(theirs), mappings, moved(ours));
        expect(plan).not.toMatchObject({ kind: "move", to: ours });
      }),
    );
  });
});
