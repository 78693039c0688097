import { digestOf, type Json } from "@countersign/core";
import type { Effect, EffectPlan } from "@countersign/store";
import { z } from "zod";
import type { Crm, DealValues } from "./crms/crm.ts";

/** Which contract, as of which version, goes to which deal. */
export type About = { contractId: string; version: number; recordId: string };

/** What the ledger keeps of every change of a deal, beside its key. */
export function dealUpdate(
  crm: Crm,
  contractId: string,
  recordId: string,
  values: DealValues = { stage: null, fields: {} },
): Omit<EffectPlan, "key"> {
  return { destination: crm.id, contractId, target: recordId, kind: "deal.update", plan: values };
}

/** `<crm>/<contract>/<part>/<digest>`: equal changes have equal keys, so none is made twice. */
export function effectKey(crm: Crm, contractId: string, part: string, change: Json): string {
  return `${crm.id}/${contractId}/${part}/${digestOf(change)}`;
}

const Plan = z.object({
  stage: z.string().nullable(),
  fields: z.record(z.string(), z.string()),
});

/** The values that an effect of the ledger was to write. */
export function plannedValues(effect: Pick<Effect, "plan">): DealValues {
  return Plan.parse(effect.plan);
}

/** An effect that only says what could not be done. */
export function writesNothing(effect: Pick<Effect, "plan">): boolean {
  const { stage, fields } = plannedValues(effect);
  return stage === null && Object.keys(fields).length === 0;
}

/** The stages that Countersign has moved the deal to. */
export function movedTo(effects: Effect[], recordId: string): Set<string> {
  const stages = effects
    .filter(({ status, target }) => status === "done" && target === recordId)
    .map((effect) => plannedValues(effect).stage);
  return new Set(stages.filter((stage) => stage !== null));
}
