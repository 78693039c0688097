import type { Effect } from "@countersign/store";
import type { Deal, DealValues, Target } from "../crms/crm.ts";
import { recordKindOf } from "../deal-update.ts";
import { findRecord } from "../find-record.ts";
import { readPlan, readValues } from "../ledger-plan.ts";
import type { FieldValue } from "../mapping/mapping.ts";
import { isSame } from "../mapping/same-value.ts";
import { isNothing } from "../plan-change.ts";

/** Values that go back to a record. */
export type Restore = {
  target: Target;
  contractId: string | null;
  /** What stood there before Countersign wrote. */
  values: DealValues;
  /** What Countersign had written, and stands there now. */
  undoes: DealValues;
  /** The last write to the record, after which this comes. */
  since: string | null;
};

/** A value that is not put back, and why. */
export type NotRestored = {
  target: Target;
  /** Null: the stage, or the record as a whole. */
  field: string | null;
  code: "no-record" | "changed-since" | "written-since" | "not-kept" | "not-read";
  message: string;
};

export type UndoPlan = { restores: Restore[]; left: NotRestored[] };

type Name = string | null;
type Write = { effect: Effect; before: FieldValue | null | undefined; after: FieldValue | null };

/**
 * Puts the values back that the selected effects replaced, where what we wrote still stands there; everything
 * else is reported. `done` are all effects that were done to these records, oldest first; `selected` are the
 * ids of those that are undone; `deals` are the deals that the records are, or belong to, as they are now.
 */
export function planUndo(
  done: readonly Effect[],
  selected: ReadonlySet<string>,
  deals: readonly Deal[],
): UndoPlan {
  const byRecord = Map.groupBy(done, ({ target }) => target);
  const plans = [...byRecord.values()]
    .filter((effects) => effects.some(({ id }) => selected.has(id)))
    .map((effects) => planRecord(effects, selected, deals));
  return {
    restores: plans.flatMap(({ restores }) => restores),
    left: plans.flatMap(({ left }) => left),
  };
}

function planRecord(
  effects: readonly Effect[],
  selected: ReadonlySet<string>,
  deals: readonly Deal[],
): UndoPlan {
  const last = effects.findLast(({ id }) => selected.has(id));
  if (last === undefined) return { restores: [], left: [] };
  const target: Target = { on: recordKindOf(last), recordId: last.target };
  const deal = deals.find((one) => findRecord(one, target) !== null);
  if (deal === undefined) return { restores: [], left: [noRecord(target)] };
  const values: DealValues = { stage: null, fields: {} };
  const undoes: DealValues = { stage: null, fields: {} };
  const left: NotRestored[] = [];
  for (const [name, writes] of writesByName(effects)) {
    const plan = planValue(writes, selected, currentOf(deal, target, name));
    if (plan === null) continue;
    if ("code" in plan) left.push({ target, field: name, ...plan });
    else put(name, plan, values, undoes);
  }
  if (isNothing(values)) return { restores: [], left };
  const since = effects.at(-1)?.id ?? null;
  return { restores: [{ target, contractId: last.contractId, values, undoes, since }], left };
}

function put(
  name: Name,
  { before, after }: { before: FieldValue | null; after: FieldValue | null },
  values: DealValues,
  undoes: DealValues,
): void {
  if (name !== null) {
    values.fields[name] = before;
    undoes.fields[name] = after;
  } else if (typeof before === "string" && typeof after === "string") {
    values.stage = before;
    undoes.stage = after;
  }
}

/** Every value that the effects wrote, by its name, oldest first. */
function writesByName(effects: readonly Effect[]): Map<Name, Write[]> {
  const writes = new Map<Name, Write[]>();
  const add = (name: Name, write: Write) => writes.set(name, [...(writes.get(name) ?? []), write]);
  for (const effect of effects) {
    const { stage, fields } = readPlan(effect);
    const before = readValues(effect.before);
    if (stage !== null) add(null, { effect, before: before?.stage, after: stage });
    for (const [name, after] of Object.entries(fields)) {
      add(name, { effect, before: before?.fields[name], after });
    }
  }
  return writes;
}

type ValuePlan =
  | { before: FieldValue | null; after: FieldValue | null }
  | Pick<NotRestored, "code" | "message">;

/**
 * null where nothing of it was selected, or the value from before stands there already. `current` is
 * undefined where it was not read; what we wrote last then says whether it was put back before.
 */
function planValue(
  writes: readonly Write[],
  selected: ReadonlySet<string>,
  current: FieldValue | null | undefined,
): ValuePlan | null {
  const first = writes.findIndex(({ effect }) => selected.has(effect.id));
  const chain = first < 0 ? [] : writes.slice(first);
  const [earliest] = chain;
  const latest = chain.at(-1);
  if (earliest === undefined || latest === undefined) return null;
  const { before } = earliest;
  if (before === undefined) {
    return { code: "not-kept", message: "What stood there before was not kept." };
  }
  if (isSame(current === undefined ? latest.after : current, before)) return null;
  if (current === undefined) return { code: "not-read", message: notRead };
  const other = chain.find(({ effect }) => !selected.has(effect.id));
  if (other !== undefined) {
    return {
      code: "written-since",
      message: `Countersign wrote ${shown(other.after)} after it, for ${other.effect.contractId ?? "something else"}: undo that first.`,
    };
  }
  if (!isSame(current, latest.after)) {
    return {
      code: "changed-since",
      message: `It holds ${shown(current)}, and Countersign had written ${shown(latest.after)}: somebody has changed it since, so it is left.`,
    };
  }
  return { before, after: latest.after };
}

const notRead =
  "countersign.yaml names this field no more, or the CRM does not show it, so it was not read: put its line back (for Countersign's own fields: ownFields), then undo.";

/** undefined where it was not read: a record is read with the fields that countersign.yaml names. */
function currentOf(deal: Deal, target: Target, name: Name): FieldValue | null | undefined {
  if (name === null) return deal.stage;
  return findRecord(deal, target)?.fields[name];
}

function noRecord(target: Target): NotRestored {
  const message = `There is no such ${target.on}, or it belongs to no deal of these contracts any more.`;
  return { target, field: null, code: "no-record", message };
}

function shown(value: FieldValue | null): string {
  return value === null ? "nothing" : JSON.stringify(value);
}
