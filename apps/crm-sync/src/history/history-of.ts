import { readEffects, readRecordEffects, type Effect, type Reader } from "@countersign/store";
import { crmKinds } from "../crms/index.ts";
import { recordKindOf } from "../deal-update.ts";
import { readPlan, readValues } from "../ledger-plan.ts";
import type { FieldValue, RecordKind } from "../mapping/mapping.ts";

/** Whose history: a contract's, or that of a CRM's record (a deal, an account or a contact). */
export type Subject = { contractId: string } | { recordId: string };

export type HistoryChange = {
  /** Null: the stage. */
  field: string | null;
  before: FieldValue | null;
  after: FieldValue | null;
  /** The rule of countersign.yaml, `stage`, `undo`, or null where it was not kept. */
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
};

const crms = crmKinds.map(({ id }) => id);
const mostOfRecord = 1_000;

/** What Countersign did and why, oldest first; of a record, the last thousand things. */
export async function historyOf(reader: Reader, subject: Subject): Promise<HistoryEntry[]> {
  const effects = await readLedger(reader, subject);
  return effects.map(toEntry);
}

/** The ledger's effects of CRMs' records, oldest first. */
export async function readLedger(reader: Reader, subject: Subject): Promise<Effect[]> {
  const effects =
    "contractId" in subject
      ? await readEffects(reader, subject.contractId)
      : await readRecordEffects(reader, crms, subject.recordId, mostOfRecord);
  return effects.filter(({ destination, kind }) => isCrm(destination) && kind.endsWith(".update"));
}

function isCrm(destination: string): boolean {
  return crms.some((id) => id === destination);
}

function toEntry(effect: Effect): HistoryEntry {
  const { mapping, event } = readPlan(effect);
  const { settledAt, calledAt, plannedAt } = effect;
  return {
    id: effect.id,
    crm: effect.destination,
    contractId: effect.contractId,
    recordId: effect.target,
    on: recordKindOf(effect),
    at: (settledAt ?? calledAt ?? plannedAt).toISOString(),
    outcome: outcomeOf(effect),
    code: effect.code,
    message: effect.message,
    mapping,
    event,
    changes: changesOf(effect),
  };
}

function outcomeOf(effect: Effect): HistoryEntry["outcome"] {
  switch (effect.status) {
    case "done":
      return readPlan(effect).undoes === null ? "written" : "undone";
    case "failed":
      return "refused";
    case "skipped":
      return "left";
    case "planned":
      return effect.calledAt === null ? "planned" : "unknown";
  }
}

function changesOf(effect: Effect): HistoryChange[] {
  const { stage, fields, because, undoes } = readPlan(effect);
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
