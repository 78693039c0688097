import { clip } from "@countersign/core";
import type { FieldValue, FieldWrite, RecordKind } from "./mapping/mapping.ts";
import { isBlank, isSame } from "./mapping/same-value.ts";

/** Why something is left as it is, for the admin who asks. */
export type Left<Code extends string = string> = { code: Code; message: string };

export type FieldLeftCode =
  | "edited-by-person"
  | "emptied-by-person"
  | "filled-by-person"
  | "filled-before"
  | "newer-contract"
  | "changed-since"
  | "undone";

/** What Countersign wrote last into a field, as the ledger has it. */
export type LastWrite = {
  value: FieldValue | null;
  /** From when the contract's value was; null where that is not known. */
  at: string | null;
  /** Where that write was an undo: the value that it took back. */
  undid?: FieldValue | null;
};

export type FieldPlan =
  | { kind: "write"; value: FieldValue }
  | { kind: "stay" }
  | { kind: "leave"; why: Left<FieldLeftCode> };

export type FieldNow = {
  current: FieldValue | null;
  /** null: Countersign has never written it. */
  last: LastWrite | null;
  /** When the record last changed, by the CRM's clock; ISO 8601, also with `+0000`. */
  changedAt: string;
};

/**
 * What becomes of one field. What stands there is a person's where it is not what we wrote last.
 *
 * - `ours`: the contract's value, always.
 * - `theirs`: ours until a person touches it. What they wrote, emptied, or had filled in before us, stays.
 * - `fill-blank`: only into a field that is empty and that nobody has emptied after us; never changed again.
 * - `newest`: the contract's value where it is from later than what stands there. A person's edit is taken
 *   to be as new as the record's last change: that is the latest it can be.
 *
 * By every rule a value that was undone is not written again.
 */
export function planField(
  line: Pick<FieldWrite, "on" | "to" | "rule">,
  wanted: { value: FieldValue; at: string },
  now: FieldNow,
): FieldPlan {
  const { current, last } = now;
  if (isSame(current, wanted.value)) return { kind: "stay" };
  if (last?.undid !== undefined && isSame(last.undid, wanted.value)) {
    return leave("undone", line, now, wanted.value);
  }
  const code = objection(line.rule, wanted, now, last !== null && isSame(current, last.value));
  if (code === null) return { kind: "write", value: wanted.value };
  return leave(code, line, now, wanted.value);
}

function objection(
  rule: FieldWrite["rule"],
  wanted: { at: string },
  { current, last, changedAt }: FieldNow,
  isOurs: boolean,
): FieldLeftCode | null {
  if (rule === "ours") return null;
  if (rule === "newest") {
    if (last === null && isBlank(current)) return null;
    if (!isOurs) return isAfter(wanted.at, changedAt) ? null : "changed-since";
    return last?.at != null && isAfter(last.at, wanted.at) ? "newer-contract" : null;
  }
  if (isBlank(current)) return last === null || isOurs ? null : "emptied-by-person";
  if (rule === "fill-blank") return isOurs ? "filled-before" : "filled-by-person";
  if (isOurs) return null;
  return last === null ? "filled-by-person" : "edited-by-person";
}

function isAfter(one: string, other: string): boolean {
  return timeOf(one) > timeOf(other);
}

function timeOf(instant: string): number {
  return Date.parse(instant.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
}

const whose: Record<RecordKind, string> = {
  deal: "The deal's",
  account: "The account's",
  contact: "The contact's",
};

function leave(
  code: FieldLeftCode,
  { on, to, rule }: Pick<FieldWrite, "on" | "to" | "rule">,
  { current, last }: FieldNow,
  wanted: FieldValue,
): FieldPlan {
  const field = `${whose[on]} field "${to}"`;
  const stands = isBlank(current) ? "is empty" : `holds ${quote(current)}`;
  const says = `The contract says ${quote(wanted)}.`;
  const why: Record<FieldLeftCode, string> = {
    "edited-by-person": `${field} ${stands}, and Countersign had written ${quote(last?.value ?? null)}: somebody changed it, so by the rule "${rule}" it is theirs now. ${says}`,
    "emptied-by-person": `${field} is empty, and Countersign had written ${quote(last?.value ?? null)}: somebody emptied it, so by the rule "${rule}" it stays empty. ${says}`,
    "filled-by-person": `${field} ${stands}, which Countersign did not write: by the rule "${rule}" it is left. ${says}`,
    "filled-before": `${field} ${stands}, which Countersign filled in before: by the rule "${rule}" it is not changed again. ${says}`,
    "newer-contract": `${field} ${stands}, from ${last?.at ?? "another time"}, which is later than this contract's value: by the rule "${rule}" it is left. ${says}`,
    "changed-since": `${field} ${stands}, and the record changed after the contract did: by the rule "${rule}" what is newer stays. ${says}`,
    undone: `${field} ${stands}: that Countersign wrote ${quote(wanted)} was undone, so it is not written again.`,
  };
  return { kind: "leave", why: { code, message: why[code] } };
}

function quote(value: FieldValue | null): string {
  return value === null ? "nothing" : `"${clip(String(value), 80)}"`;
}
