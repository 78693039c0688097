import type { ContractStatus, EventType } from "@countersign/core";
import type { Deal, Stage } from "./crms/crm.ts";
import type { StageMapping } from "./mapping/mapping.ts";
import type { Left } from "./plan-field.ts";

export type StageLeftCode =
  | "no-mapping-for-pipeline"
  | "unknown-stage"
  | "closed-by-person"
  | "closed-before"
  | "already-further"
  | "moved-back-by-person";

/** Why a deal stays in its stage although the contract leads to another. */
type StageLeft = Left<StageLeftCode>;

type StagePlan =
  /** `by`: the status or event that leads there. */
  { kind: "move"; to: string; by: Happened } | { kind: "leave"; why: StageLeft } | { kind: "stay" };

type Happened = ContractStatus | EventType;

/** A contract as far as it moves a deal. */
export type Moving = {
  status: ContractStatus;
  /** The kinds of events that have happened to it, the latest last. */
  happened: readonly EventType[];
};

/** What Countersign has done to the deal before. */
export type Moved = {
  /** The stages that it moved the deal to for this contract. */
  forThis: ReadonlySet<string>;
  /** The same for any contract. */
  forAny: ReadonlySet<string>;
};

const stay: StagePlan = { kind: "stay" };

/**
 * Where the contract leads the deal: forward in its pipeline's order, or to a closed stage; never backwards,
 * never out of a closed stage, and never again to where a person has taken it back from.
 */
export function planStage(
  contract: Moving,
  deal: Deal,
  mappings: readonly StageMapping[],
  moved: Moved,
): StagePlan {
  if (mappings.length === 0) return stay;
  const mapping = mappings.find(({ pipeline }) => pipeline === deal.pipeline);
  if (mapping === undefined) return leave("no-mapping-for-pipeline", noMapping(deal, mappings));
  const wanted = findWanted(contract, mapping, deal.stages);
  if (wanted === null) return stay;
  const { stage: target, by } = wanted;
  if (typeof target === "string") {
    return leave("unknown-stage", unknownStage(`${mapping.place}.${by}`, target, deal.stages));
  }
  if (target.id === deal.stage) return stay;
  if (deal.closed !== null) return leaveClosed(deal, target, moved);
  if (!isForward(deal, target)) {
    return leave(
      "already-further",
      `The deal stands at ${nameOf(deal)}, which is not before "${target.label}": it is never moved backwards.`,
    );
  }
  if (moved.forThis.has(target.id)) {
    return leave(
      "moved-back-by-person",
      `Countersign moved the deal to "${target.label}" before, and somebody took it back to ${nameOf(deal)}: it is left there.`,
    );
  }
  return { kind: "move", to: target.id, by };
}

/** Which stages of a mapping do not exist, a line each. */
export function findUnknownStages(mapping: StageMapping, stages: Stage[]): string[] {
  const usable = new Set(stages.filter(({ retired }) => !retired).map(({ id }) => id));
  return Object.entries(mapping.stages)
    .filter(([, wanted]) => !usable.has(wanted))
    .map(([by, wanted]) => unknownStage(`${mapping.place}.${by}`, wanted, stages));
}

type Wanted = { stage: Stage | string; by: Happened };

/**
 * Of the stages that the status and the events lead to: one that does not exist, which is a fault to tell;
 * else the status's where it closes the deal, then the latest event's that does, then the furthest open one.
 */
function findWanted({ status, happened }: Moving, mapping: StageMapping, stages: Stage[]) {
  const ways: Happened[] = [status, ...happened.toReversed()];
  const all = ways.flatMap((by): Wanted[] => {
    const id = mapping.stages[by];
    if (id === undefined) return [];
    return [{ by, stage: stages.find((stage) => stage.id === id && !stage.retired) ?? id }];
  });
  const broken = all.find(({ stage }) => typeof stage === "string");
  if (broken !== undefined) return broken;
  const position = ({ stage }: Wanted) =>
    stages.findIndex(({ id }) => typeof stage !== "string" && stage.id === id);
  const closing = all.find(({ stage }) => typeof stage !== "string" && stage.closed !== null);
  return closing ?? all.toSorted((a, b) => position(b) - position(a))[0] ?? null;
}

/** A deal whose own stage the pipeline does not list could be anywhere: it is not moved to an open one. */
function isForward(deal: Deal, target: Stage): boolean {
  if (target.closed !== null) return true;
  const position = (id: string) => deal.stages.findIndex((stage) => stage.id === id);
  return position(deal.stage) >= 0 && position(deal.stage) < position(target.id);
}

function leaveClosed(deal: Deal, target: Stage, { forAny }: Moved): StagePlan {
  if (forAny.has(deal.stage)) {
    return leave(
      "closed-before",
      `Countersign closed the deal at ${nameOf(deal)} before, and a closed deal is moved no more: not to "${target.label}" either.`,
    );
  }
  return leave(
    "closed-by-person",
    `The deal is closed at ${nameOf(deal)}, which Countersign did not do: it stays there instead of moving to "${target.label}".`,
  );
}

function leave(code: StageLeftCode, message: string): StagePlan {
  return { kind: "leave", why: { code, message } };
}

/** The stage as people know it. */
export function stageLabel({ stages }: Pick<Deal, "stages">, id: string): string {
  return stages.find((stage) => stage.id === id)?.label ?? id;
}

function nameOf(deal: Deal): string {
  return `"${stageLabel(deal, deal.stage)}"`;
}

function noMapping(deal: Deal, mappings: readonly StageMapping[]): string {
  const places = mappings.map(({ place }) => place).join(", ");
  return `The deal is in pipeline "${deal.pipeline}", and countersign.yaml knows only ${places}: its stage is left alone. Add the pipeline if contracts are to move its deals.`;
}

function unknownStage(place: string, wanted: string, stages: Stage[]): string {
  const known = stages
    .filter(({ retired }) => !retired)
    .map(({ id, label }) => (id === label ? `"${id}"` : `"${id}" (${label})`));
  return `${place} in countersign.yaml says "${wanted}", but there is no such stage. The stages are ${known.join(", ")}.`;
}
