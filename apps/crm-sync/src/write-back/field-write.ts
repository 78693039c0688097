import { digestOf } from "@countersign/core";
import type { Effect, EffectPlan } from "@countersign/store";
import { z } from "zod";
import type { Crm } from "../crms/crm.ts";

/** The queue, and the destination in the ledger, of what a CRM's deals are called in contracts. */
export function writeBackDestination({ id }: Pick<Crm, "id">): string {
  return `${id}-write-back`;
}

export const fieldWriteKind = "field.write";

const FieldWrite = z.object({
  field: z.string(),
  /** What stood there, null where nothing did. */
  from: z.string().nullable(),
  /** The deal's id; null takes ours away. */
  to: z.string().nullable(),
});

/** What the ledger keeps as the plan of each change of a contract's field. */
export type FieldWrite = z.infer<typeof FieldWrite>;

/** The plan of an effect of this kind. */
export function readFieldWrite({ plan }: Pick<Effect, "plan">): FieldWrite {
  return FieldWrite.parse(plan);
}

/** `recordId`: the deal that it is about, also where its id is taken away. */
export type About = { contractId: string; recordId: string };

/** What the ledger keeps of each, beside its key. */
export function fieldWrite(
  crm: Pick<Crm, "id">,
  { contractId, recordId }: About,
  plan: FieldWrite,
): Omit<EffectPlan, "key"> {
  const destination = writeBackDestination(crm);
  const before = valuesOf(plan.field, plan.from);
  return { destination, contractId, target: recordId, kind: fieldWriteKind, plan, before };
}

/** A field's value as the ledger has values that were replaced or written, whoever reads them. */
export function valuesOf(field: string, value: string | null) {
  return { stage: null, fields: { [field]: value } };
}

/** The id that Countersign wrote into the contract last, if it did; null where it took it away again. */
export function lastWritten(effects: readonly Effect[]): Effect | undefined {
  return effects.findLast(({ kind, status }) => kind === fieldWriteKind && status === "done");
}

/** All ids that Countersign ever wrote into the contract. */
export function everWritten(effects: readonly Effect[]): string[] {
  return effects.flatMap((effect) => {
    const isDone = effect.kind === fieldWriteKind && effect.status === "done";
    return isDone ? (readFieldWrite(effect).to ?? []) : [];
  });
}

/**
 * Equal wishes have equal keys as long as nothing has happened: neither have we written since, nor has the contract
 * said something else.
 */
export function keyOf(
  crm: Pick<Crm, "id">,
  contractId: string,
  wish: { wanted: string | null; since: string | null; heard: string | null },
): string {
  return `${writeBackDestination(crm)}/${contractId}/${fieldWriteKind}/${digestOf(wish)}`;
}
