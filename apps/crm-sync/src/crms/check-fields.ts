import { contractStatuses } from "@countersign/core";
import { allRules, type FieldValue, type FieldWrite, type Mapping } from "../mapping/mapping.ts";
import type { Crm } from "./crm.ts";
import { stopsEverything, type Fault, type Stops } from "./fault.ts";

/** A field that countersign.yaml has Countersign write, and what it is to hold. */
export type WantedField = {
  name: string;
  /** Where it stands in countersign.yaml. */
  place: string;
  holds: "text" | "date" | "date-time" | "number" | "url" | "yes-or-no";
  /** Everything that can be written to it, where that is known. */
  values: readonly string[];
  /** Its name for people, where it is to be made. */
  label: string;
  /** No two deals hold the same value. */
  unique: boolean;
};

/** A field as the CRM describes it to us. */
export type KnownField = {
  name: string;
  kind: "text" | "url" | "number" | "date" | "date-time" | "yes-or-no" | "choice" | "other";
  /** The only values that it takes, where there is such a list. */
  options: readonly string[] | null;
  /** Characters that it holds; null where that is not said. */
  length: number | null;
  writable: boolean;
};

/** What there is to say of fields in the CRM's own words. */
export type FieldWords = {
  /** `property` or `field`. */
  noun: string;
  missing: (name: string) => string;
  readOnly: (name: string) => string;
  /** Whether a deal can be read at all while a field that we ask for is missing. */
  readsWithoutMissing: boolean;
  /** A field for a date and time takes a date too, as its midnight. */
  timesTakeDates: boolean;
};

/** The deal's fields that countersign.yaml names, each once, with what goes into it. */
export function wantedFields(crm: Crm["id"], mapping: Mapping): WantedField[] {
  const writes = allRules(mapping)
    .flatMap((rules) => rules.writes)
    .filter(({ on }) => on === "deal");
  const byField = Map.groupBy(writes, ({ to }) => to);
  return [...byField].map(([name, lines]) => {
    const [first] = lines;
    const values = lines.map(valuesOf);
    return {
      name,
      place: `${crm}: ${name}`,
      holds: first === undefined ? "text" : holdsOf(first),
      values: values.every((some) => some.length > 0) ? [...new Set(values.flat())] : [],
      label: first === undefined ? name : labelOf(first),
      unique: false,
    };
  });
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
    .replace(/^contract/, "")
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `Contract ${words.trim()}`;
}

const takes: Record<WantedField["holds"], readonly KnownField["kind"][]> = {
  text: ["text", "choice"],
  url: ["url", "text"],
  date: ["date", "text"],
  "date-time": ["date-time", "text"],
  number: ["number", "text"],
  "yes-or-no": ["yes-or-no", "text"],
};

/** What of these fields cannot be written as countersign.yaml says. */
export function judgeFields(
  wanted: readonly WantedField[],
  known: readonly KnownField[],
  words: FieldWords,
): Fault[] {
  const byName = new Map(known.map((field) => [field.name, field]));
  return wanted.flatMap((field) => judgeField(field, byName.get(field.name), words));
}

function judgeField(
  wanted: WantedField,
  known: KnownField | undefined,
  { noun, missing, readOnly, readsWithoutMissing, timesTakeDates }: FieldWords,
): Fault[] {
  const { name, place, holds, values } = wanted;
  const fault = (
    code: string,
    message: string,
    fix: string,
    value: string | null = null,
  ): Fault[] => {
    const stops: Stops = { what: "field", field: name, value };
    return [{ code, place, message, fix, stops }];
  };
  if (known === undefined) {
    const faults = fault(
      "no-such-field",
      `There is no ${noun} "${name}" that we can see.`,
      missing(name),
    );
    return readsWithoutMissing ? faults : faults.map((one) => ({ ...one, stops: stopsEverything }));
  }
  if (!known.writable) {
    return fault("read-only-field", `The ${noun} "${name}" cannot be written.`, readOnly(name));
  }
  const kind =
    known.kind === "date-time" && holds === "date" && timesTakeDates ? "date" : known.kind;
  if (!takes[holds].includes(kind)) {
    return fault(
      "wrong-type",
      `The ${noun} "${name}" is of the type ${known.kind}, and ${place} is to hold ${articles[holds]}.`,
      `Name a ${noun} of the type ${takes[holds].join(" or ")} in ${place}.`,
    );
  }
  const longest = Math.max(0, ...values.map((value) => value.length));
  if (known.length !== null && known.length < longest) {
    return fault(
      "too-short",
      `The ${noun} "${name}" holds ${known.length} characters, and the longest value has ${longest}.`,
      `Make "${name}" at least ${longest} characters long.`,
    );
  }
  const { options } = known;
  if (options === null) return [];
  return values
    .filter((value) => !options.includes(value))
    .flatMap((value) =>
      fault(
        "no-such-option",
        `The ${noun} "${name}" has no option "${value}".`,
        `Add the option "${value}" to "${name}".`,
        value,
      ),
    );
}

const articles = {
  text: "text",
  url: "an address",
  date: "a date",
  "date-time": "a date and time",
  number: "a number",
  "yes-or-no": "a yes or no",
} as const;

/** The grant that a whole kind of call lacks. */
export function missingGrant(place: string, grant: string, message: string): Fault {
  return { code: "missing-grant", place, message, fix: `Grant ${grant}.`, stops: stopsEverything };
}
