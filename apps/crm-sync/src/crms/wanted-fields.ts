import { contractStatuses } from "@countersign/core";
import {
  allRules,
  type FieldValue,
  type FieldWrite,
  type Mapping,
  type RecordKind,
} from "../mapping/mapping.ts";

/** A field that Countersign writes, and what it is to hold. */
export type WantedField = {
  /** Whose field it is. */
  on: RecordKind;
  name: string;
  /** Where it stands in countersign.yaml. */
  place: string;
  holds: "text" | "date" | "date-time" | "number" | "url" | "yes-or-no";
  /** Everything that can be written to it, where that is known. */
  values: readonly string[];
  /** Its name for people, where it is to be made. */
  label: string;
  /** One of Countersign's own, without which it does as well. */
  own: boolean;
  /** People look records up by it. */
  key: boolean;
};

/** The fields that are written to records of a CRM, each once, with what goes into it. `crm`: its section in countersign.yaml. */
export function wantedFields(crm: string, mapping: Mapping): WantedField[] {
  const writes = allRules(mapping).flatMap((rules) => rules.writes);
  const byField = Map.groupBy(writes, ({ on, to }) => `${on} ${to}`);
  return [...byField.values()].flatMap((lines) => {
    const [first] = lines;
    return first === undefined ? [] : wantedField(crm, first, lines);
  });
}

/** Deals, and of what they belong to whatever is written. */
export function kindsOf(wanted: readonly WantedField[]): RecordKind[] {
  return [...new Set<RecordKind>(["deal", ...wanted.map(({ on }) => on)])];
}

function wantedField(crm: string, first: FieldWrite, lines: readonly FieldWrite[]): WantedField {
  const { on, to } = first;
  const values = lines.map(valuesOf);
  const own = lines.every((line) => line.own);
  return {
    on,
    name: to,
    place: own ? `${crm}.ownFields` : `${crm}: ${on === "deal" ? "" : `${on} `}${to}`,
    holds: holdsOf(first),
    values: values.every((some) => some.length > 0) ? [...new Set(values.flat())] : [],
    label: own ? ownLabelOf(first) : labelOf(first),
    own,
    key: own && isContractId(first),
  };
}

function isContractId({ from }: FieldWrite): boolean {
  return from.kind === "value" && from.name === "countersignId";
}

function ownLabelOf(line: FieldWrite): string {
  return isContractId(line) ? "Countersign contract id" : "Countersign status";
}

function holdsOf({ from, as }: FieldWrite): WantedField["holds"] {
  if (from.kind === "custom") return "text";
  if (from.kind === "constant") return kindOfConstant(from.value);
  if (from.name === "amount") return "number";
  if (from.name === "url") return "url";
  if (!from.name.endsWith("At")) return "text";
  return as === "date" ? "date" : "date-time";
}

function kindOfConstant(value: FieldValue): WantedField["holds"] {
  if (typeof value === "number") return "number";
  return typeof value === "boolean" ? "yes-or-no" : "text";
}

/** Everything that the line can write, where that is known. */
function valuesOf({ from, values }: FieldWrite): string[] {
  if (from.kind === "constant") return typeof from.value === "string" ? [from.value] : [];
  if (from.kind !== "value" || from.name !== "status") return [];
  return contractStatuses.map((status) => values[status] ?? status);
}

/** `Contract status`, `Contract completed at`. */
function labelOf({ from, to }: FieldWrite): string {
  if (from.kind !== "value") return to;
  const words = from.name
    .replace(/^(contract|countersign)/, "")
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `Contract ${words.trim()}`;
}
