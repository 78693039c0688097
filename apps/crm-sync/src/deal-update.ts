import { digestOf, type Json } from "@countersign/core";
import type { Effect, EffectPlan } from "@countersign/store";
import type { Crm } from "./crms/crm.ts";
import { readPlan } from "./ledger-plan.ts";
import type { RecordKind } from "./mapping/mapping.ts";
import { isNothing } from "./plan-change.ts";

/** Which contract, as of which version, goes to which deal. */
export type About = { contractId: string; version: number; recordId: string };

/** What the ledger keeps of every change of a record, beside its key; `recordId` is the record's. */
export function dealUpdate(
  crm: Pick<Crm, "id">,
  contractId: string | null,
  recordId: string,
  plan: Json = { stage: null, fields: {} },
  on: RecordKind = "deal",
): Omit<EffectPlan, "key"> {
  return { destination: crm.id, contractId, target: recordId, kind: `${on}.update`, plan };
}

/** `<crm>/<contract>/<part>/<digest>`: equal changes have equal keys, so none is made twice. */
export function effectKey(
  crm: Pick<Crm, "id">,
  contractId: string,
  part: string,
  change: Json,
): string {
  return `${crm.id}/${contractId}/${part}/${digestOf(change)}`;
}

/** Which kind of record an effect changes. */
export function recordKindOf({ kind }: Pick<Effect, "kind">): RecordKind {
  if (kind === "account.update") return "account";
  return kind === "contact.update" ? "contact" : "deal";
}

/** An effect that only says what could not be done. */
export function writesNothing(effect: Pick<Effect, "plan">): boolean {
  return isNothing(readPlan(effect));
}
