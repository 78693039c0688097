import type { Effect, Reader } from "@countersign/store";
import { recordKindOf } from "../deal-update.ts";
import { readPlan, readValues, type LedgerPlan } from "../ledger-plan.ts";
import type { FieldValue, RecordKind } from "../mapping/mapping.ts";
import { fieldWriteKind, readFieldWrite } from "../write-back/field-write.ts";
import { readHung, type Hung } from "./hung.ts";
import { crmOf, readHangings, readLedger, type Subject } from "./read-ledger.ts";

export type HistoryChange = {
  /** Null: the stage. */
  field: string | null;
  before: FieldValue | null;
  after: FieldValue | null;
  /** The rule of countersign.yaml, `stage`, `undo`, `write-back`, or null where it was not kept. */
  rule: string | null;
  /** What of the contract it is: `status`, `title`, `custom po_number`, or for a stage what led there. */
  from: string | null;
};

/** One thing that Countersign did, or did not do, to a record of a CRM. */
export type HistoryEntry = {
  id: string;
  crm: string;
  contractId: string | null;
  recordId: string;
  on: RecordKind;
  /** ISO 8601: when it ended, else when it was begun. */
  at: string;
  /** `unknown`: a call was begun, and its answer has not come yet. */
  outcome: "written" | "undone" | "refused" | "left" | "planned" | "unknown";
  code: string | null;
  message: string | null;
  /** Which mapping of countersign.yaml applied, and the latest thing that had happened to the contract. */
  mapping: string | null;
  event: { id: string; type: string; occurredAt: string } | null;
  changes: HistoryChange[];
  /** The file, note or contract's field that it is about; null for a change of the record's fields. */
  hung: Hung | null;
};

/** What Countersign did and why, oldest first; of a record, the last thousand changes, files and notes. */
export async function historyOf(reader: Reader, subject: Subject): Promise<HistoryEntry[]> {
  const effects = await Promise.all([readLedger(reader, subject), readHangings(reader, subject)]);
  const entries = effects.flat().map(toEntry);
  return entries.toSorted((a, b) => Number(a.id) - Number(b.id));
}

function toEntry(effect: Effect): HistoryEntry {
  const hung = readHung(effect);
  const plan = hung === null ? readPlan(effect) : null;
  const { settledAt, calledAt, plannedAt } = effect;
  return {
    id: effect.id,
    crm: crmOf(effect.destination),
    contractId: effect.contractId,
    recordId: effect.target,
    on: recordKindOf(effect),
    at: (settledAt ?? calledAt ?? plannedAt).toISOString(),
    outcome: outcomeOf(effect, plan),
    code: effect.code,
    message: effect.message,
    mapping: plan?.mapping ?? null,
    event: plan?.event ?? null,
    changes: plan === null ? changesOfContract(effect) : changesOf(effect, plan),
    hung,
  };
}

function outcomeOf(effect: Effect, plan: LedgerPlan | null): HistoryEntry["outcome"] {
  switch (effect.status) {
    case "done":
      return plan === null || plan.undoes === null ? "written" : "undone";
    case "failed":
      return "refused";
    case "skipped":
      return "left";
    case "planned":
      return effect.calledAt === null ? "planned" : "unknown";
  }
}

/** What was written into the contract, or was to be. */
function changesOfContract(effect: Effect): HistoryChange[] {
  if (effect.kind !== fieldWriteKind) return [];
  const { field, from, to } = readFieldWrite(effect);
  return [{ field, before: from, after: to, rule: "write-back", from: null }];
}

function changesOf(
  effect: Effect,
  { stage, fields, because, undoes }: LedgerPlan,
): HistoryChange[] {
  const before = readValues(effect.before);
  const undo = undoes === null ? null : "undo";
  const ofFields = Object.entries(fields).map(([field, after]) => ({
    field,
    before: before?.fields[field] ?? null,
    after,
    rule: because.fields[field]?.rule ?? undo,
    from: because.fields[field]?.from ?? null,
  }));
  if (stage === null) return ofFields;
  const { rule, from } = because.stage ?? { rule: undo, from: null };
  return [{ field: null, before: before?.stage ?? null, after: stage, rule, from }, ...ofFields];
}
