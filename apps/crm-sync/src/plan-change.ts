import type { Contract, ContractEvent } from "@countersign/core";
import type { Deal, DealValues, Fields, RelatedRecord, Target } from "./crms/crm.ts";
import type { Known } from "./known.ts";
import type { Because } from "./ledger-plan.ts";
import { chooseContact } from "./mapping/choose-contact.ts";
import type { FieldWrite, RecordKind, Rules, ValueSource } from "./mapping/mapping.ts";
import { isSame } from "./mapping/same-value.ts";
import { wantedValue } from "./mapping/wanted-values.ts";
import { planField, type FieldLeftCode, type Left } from "./plan-field.ts";
import { planStage, type StageLeftCode } from "./plan-stage.ts";

export type LeftCode = StageLeftCode | FieldLeftCode | "no-account" | "no-contact";

/** What is written to one record, all or nothing. */
export type PlannedWrite = {
  target: Target;
  values: DealValues;
  /** What the written values take the place of. */
  replaced: DealValues;
  because: { stage: Because | null; fields: Record<string, Because> };
};

export type Plan = {
  writes: PlannedWrite[];
  /** Why what the contract says is not written, a reason for each field, and for the stage. */
  left: Left<LeftCode>[];
};

/** Everything that a plan rests on. */
export type Situation = {
  /** The contract that speaks for the deal, with its events, and the provider that it is of. */
  contract: Contract;
  events: readonly ContractEvent[];
  provider: string | null;
  deal: Deal;
  rules: Rules;
  /** What Countersign has written to each record before. */
  known: (recordId: string) => Known;
};

/** What has to change for the deal, its account and its contact to show the contract as it is now. */
export function planChange(situation: Situation): Plan {
  const kinds: RecordKind[] = ["deal", "account", "contact"];
  const plans = kinds.map((kind) => planRecord(kind, situation));
  return {
    writes: plans.flatMap(({ writes }) => writes),
    left: plans.flatMap(({ left }) => left),
  };
}

function planRecord(on: RecordKind, situation: Situation): Plan {
  const lines = situation.rules.writes.filter(
    (line) => line.on === on && (!line.own || line.to in situation.deal.fields),
  );
  if (on === "deal") return planOn({ on, record: situation.deal }, lines, situation);
  const wanted = lines.filter((line) => wantedOf(situation, line) !== null);
  if (wanted.length === 0) return { writes: [], left: [] };
  const found = findRelated(on, situation);
  if ("code" in found) return { writes: [], left: [found] };
  return planOn({ on, record: found }, lines, situation);
}

function findRelated(
  on: "account" | "contact",
  { deal, contract }: Situation,
): RelatedRecord | Left<LeftCode> {
  if (on === "contact") return chooseContact(contract, deal.contacts);
  if (deal.account !== null) return deal.account;
  return {
    code: "no-account",
    message: "The deal belongs to no account (company), so the account's fields are not written.",
  };
}

function planOn(
  { on, record }: { on: RecordKind; record: RelatedRecord },
  lines: readonly FieldWrite[],
  situation: Situation,
): Plan {
  const { recordId, changedAt } = record;
  const known = situation.known(recordId);
  const at = lastChange(situation);
  const left: Left<LeftCode>[] = [];
  const fields: Fields = {};
  const because: PlannedWrite["because"] = { stage: null, fields: {} };
  let stage: string | null = null;
  if (on === "deal") {
    const plan = planStageOf(situation, known);
    if (plan.kind === "leave") left.push(plan.why);
    if (plan.kind === "move") {
      stage = plan.to;
      because.stage = { rule: "stage", from: plan.by, at };
    }
  }
  for (const line of lines) {
    const value = wantedOf(situation, line);
    if (value === null) continue;
    const current = record.fields[line.to] ?? null;
    const last = known.fields.get(line.to) ?? null;
    const plan = planField(line, { value, at }, { current, last, changedAt });
    if (plan.kind === "leave") left.push(plan.why);
    if (plan.kind !== "write") continue;
    fields[line.to] = plan.value;
    because.fields[line.to] = { rule: line.rule, from: nameOf(line.from), at };
  }
  const values = { stage, fields };
  if (isNothing(values)) return { writes: [], left };
  const replaced = replacedBy(situation.deal, record, values);
  return { writes: [{ target: { on, recordId }, values, replaced, because }], left };
}

function planStageOf({ contract, events, deal, rules }: Situation, { moves }: Known) {
  const forThis = moves.filter(({ contractId }) => contractId === contract.id);
  return planStage(
    {
      status: contract.status,
      happened: events.filter(({ claimed }) => !claimed).map(({ type }) => type),
    },
    deal,
    rules.stages,
    {
      forThis: new Set(forThis.map((move) => move.stage)),
      forAny: new Set(moves.map((move) => move.stage)),
    },
  );
}

/** From when the contract is as it is: the latest thing that anybody said of it. */
function lastChange({ contract, events }: Situation): string {
  const times = events.filter(({ claimed }) => !claimed).map(({ occurredAt }) => occurredAt);
  return [...times, contract.lastEventAt ?? ""].toSorted().at(-1) ?? "";
}

function wantedOf({ contract, provider }: Situation, line: FieldWrite) {
  return wantedValue(contract, line, provider);
}

function nameOf(from: ValueSource): string {
  if (from.kind === "constant") return "constant";
  return from.kind === "custom" ? `custom ${from.name}` : from.name;
}

export const nothingWritten: DealValues = { stage: null, fields: {} };

export function isNothing({ stage, fields }: DealValues): boolean {
  return stage === null && Object.keys(fields).length === 0;
}

/** Whether the record shows the values already. */
export function holds(
  deal: Pick<Deal, "stage">,
  record: Pick<RelatedRecord, "fields">,
  { stage, fields }: DealValues,
): boolean {
  if (stage !== null && stage !== deal.stage) return false;
  return Object.entries(fields).every(([name, value]) =>
    isSame(record.fields[name] ?? null, value),
  );
}

/** What stands now where the values would go. */
export function replacedBy(
  deal: Pick<Deal, "stage">,
  record: Pick<RelatedRecord, "fields">,
  values: DealValues,
): DealValues {
  const fields = Object.keys(values.fields).map((name) => [name, record.fields[name] ?? null]);
  return {
    stage: values.stage === null ? null : deal.stage,
    fields: Object.fromEntries(fields),
  };
}
