import type { ContractStatus } from "@countersign/core";
import type { Deal, Stage, StageMapping } from "./crms/crm.ts";

/** Why a deal stays in its stage although the contract's status leads to another. */
export type StageLeft = {
  code:
    | "no-mapping-for-pipeline"
    | "unknown-stage"
    | "closed-by-person"
    | "already-further"
    | "moved-back-by-person";
  /** For the admin who asks why. */
  message: string;
};

type StagePlan =
  | { kind: "move"; to: string }
  | { kind: "leave"; why: StageLeft }
  | { kind: "stay" };

const stay: StagePlan = { kind: "stay" };

/**
 * Where the contract's status leads the deal: forward in its pipeline's order, or to a closed stage; never
 * backwards, never out of a closed stage, and never again to where a person has taken it back from.
 */
export function planStage(
  status: ContractStatus,
  deal: Deal,
  mappings: StageMapping[],
  movedTo: ReadonlySet<string>,
): StagePlan {
  if (mappings.length === 0) return stay;
  const mapping = mappings.find(({ pipeline }) => pipeline === deal.pipeline);
  if (mapping === undefined) return leave("no-mapping-for-pipeline", noMapping(deal, mappings));
  const wanted = mapping.stages[status];
  if (wanted === undefined) return stay;
  const target = deal.stages.find(({ id, retired }) => id === wanted && !retired);
  if (target === undefined) {
    return leave("unknown-stage", unknownStage(`${mapping.place}.${status}`, wanted, deal.stages));
  }
  if (target.id === deal.stage) return stay;
  if (deal.closed !== null) return movedTo.has(deal.stage) ? stay : leaveClosed(deal, target);
  if (!isForward(deal, target)) {
    return leave(
      "already-further",
      `The deal stands at ${nameOf(deal)}, which is not before "${target.label}": it is never moved backwards.`,
    );
  }
  if (movedTo.has(target.id)) {
    return leave(
      "moved-back-by-person",
      `Countersign moved the deal to "${target.label}" before, and somebody took it back to ${nameOf(deal)}: it is left there.`,
    );
  }
  return { kind: "move", to: target.id };
}

/** Which stages of a mapping do not exist, a line each. */
export function findUnknownStages(mapping: StageMapping, stages: Stage[]): string[] {
  const usable = new Set(stages.filter(({ retired }) => !retired).map(({ id }) => id));
  return Object.entries(mapping.stages)
    .filter(([, wanted]) => !usable.has(wanted))
    .map(([status, wanted]) => unknownStage(`${mapping.place}.${status}`, wanted, stages));
}

/** A deal whose own stage the pipeline does not list could be anywhere: it is not moved to an open one. */
function isForward(deal: Deal, target: Stage): boolean {
  if (target.closed !== null) return true;
  const position = (id: string) => deal.stages.findIndex((stage) => stage.id === id);
  return position(deal.stage) >= 0 && position(deal.stage) < position(target.id);
}

function leaveClosed(deal: Deal, target: Stage): StagePlan {
  return leave(
    "closed-by-person",
    `The deal is closed at ${nameOf(deal)}, which was not done for this contract: it stays there instead of moving to "${target.label}".`,
  );
}

function leave(code: StageLeft["code"], message: string): StagePlan {
  return { kind: "leave", why: { code, message } };
}

function nameOf(deal: Deal): string {
  return `"${deal.stages.find(({ id }) => id === deal.stage)?.label ?? deal.stage}"`;
}

function noMapping(deal: Deal, mappings: StageMapping[]): string {
  const places = mappings.map(({ place }) => place).join(", ");
  return `The deal is in pipeline "${deal.pipeline}", and countersign.yaml knows only ${places}: its stage is left alone. Add the pipeline if contracts are to move its deals.`;
}

function unknownStage(place: string, wanted: string, stages: Stage[]): string {
  const known = stages
    .filter(({ retired }) => !retired)
    .map(({ id, label }) => (id === label ? `"${id}"` : `"${id}" (${label})`));
  return `${place} in countersign.yaml says "${wanted}", but there is no such stage. The stages are ${known.join(", ")}.`;
}
