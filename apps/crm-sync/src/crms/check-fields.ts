import type { RecordKind } from "../mapping/mapping.ts";
import { stopsEverything, stopsNothing, type Fault, type Stops } from "./fault.ts";
import type { WantedField } from "./wanted-fields.ts";

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
  missing: (on: RecordKind, name: string) => string;
  readOnly: (on: RecordKind, name: string) => string;
  /** Whether deals can be read at all while a field that we ask for is missing. */
  readsWithoutMissing: boolean;
  /** A field for a date and time takes a date too, as its midnight. */
  timesTakeDates: boolean;
};

const takes: Record<WantedField["holds"], readonly KnownField["kind"][]> = {
  text: ["text", "choice"],
  url: ["url", "text"],
  date: ["date", "text"],
  "date-time": ["date-time", "text"],
  number: ["number", "text"],
  "yes-or-no": ["yes-or-no", "text"],
};

/** What of these fields of one kind of record cannot be written as countersign.yaml says. */
export function judgeFields(
  wanted: readonly WantedField[],
  known: readonly KnownField[],
  words: FieldWords,
): Fault[] {
  const byName = new Map(known.map((field) => [field.name, field]));
  return wanted.flatMap((field) => {
    const faults = judgeField(field, byName.get(field.name), words);
    return field.own ? faults.map(toWarning) : faults;
  });
}

/** Those of Countersign's own fields that can be written as they are. */
export function usableOwnFields(
  wanted: readonly WantedField[],
  known: readonly KnownField[],
  words: FieldWords,
): ReadonlySet<string> {
  const own = wanted.filter((field) => field.own);
  const usable = own.filter((field) => judgeFields([field], known, words).length === 0);
  return new Set(usable.map(({ name }) => name));
}

/** Nothing waits for a field that countersign.yaml does not name: it is left out. */
function toWarning(fault: Fault): Fault {
  const fix = `${fault.fix} Or say ownFields: false.`;
  return { ...fault, fix, stops: stopsNothing };
}

function judgeField(
  wanted: WantedField,
  known: KnownField | undefined,
  { noun, missing, readOnly, readsWithoutMissing, timesTakeDates }: FieldWords,
): Fault[] {
  const { on, name, place, holds, values } = wanted;
  const fault = (
    code: string,
    message: string,
    fix: string,
    value: string | null = null,
  ): Fault[] => {
    const stops: Stops = { what: "field", on, field: name, value };
    return [{ code, place, message, fix, stops }];
  };
  if (known === undefined) {
    const faults = fault(
      "no-such-field",
      `There is no ${noun} "${name}" that we can see.`,
      missing(on, name),
    );
    return readsWithoutMissing ? faults : faults.map((one) => ({ ...one, stops: stopsEverything }));
  }
  if (!known.writable) {
    return fault("read-only-field", `The ${noun} "${name}" cannot be written.`, readOnly(on, name));
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
export function missingGrant(
  place: string,
  grant: string,
  message: string,
  stops: Stops = stopsEverything,
): Fault {
  return { code: "missing-grant", place, message, fix: `Grant ${grant}.`, stops };
}
