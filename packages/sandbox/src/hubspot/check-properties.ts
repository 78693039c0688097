import type { PropertyProblem } from "./answers.ts";
import { owners } from "./deals.ts";
import { findStage, pipelines } from "./pipelines.ts";
import type { PropertyDefinition } from "./properties.ts";

export type PropertyValues = Record<string, string | null>;

type Checked = { ok: true; values: PropertyValues } | { ok: false; problems: PropertyProblem[] };

/** Judges a write as HubSpot would. An empty string empties a property. `current` is {} for a new deal. */
export function checkProperties(
  written: Record<string, string>,
  current: PropertyValues,
  definitions: ReadonlyMap<string, PropertyDefinition>,
): Checked {
  const values: PropertyValues = {};
  const problems: PropertyProblem[] = [];
  for (const [property, value] of Object.entries(written)) {
    const read = readValue(value, definitions.get(property), property);
    if (read.ok) values[property] = read.value;
    else problems.push({ property, code: read.code, message: read.message });
  }
  problems.push(...optionProblems(values, current, definitions));
  return problems.length === 0 ? { ok: true, values } : { ok: false, problems };
}

type Read = { ok: true; value: string | null } | { ok: false; code: string; message: string };

function readValue(
  value: string,
  definition: PropertyDefinition | undefined,
  property: string,
): Read {
  if (definition === undefined) {
    return bad("PROPERTY_DOESNT_EXIST", `Property "${property}" does not exist`);
  }
  if (definition.readOnly) {
    return bad(
      "READ_ONLY_VALUE",
      `"${property}" is a read only property; its value cannot be set.`,
    );
  }
  if (value === "") return { ok: true, value: null };
  switch (definition.type) {
    case "number":
      return /^-?\d+(\.\d+)?$/.test(value)
        ? { ok: true, value }
        : bad("INVALID_NUMBER", `${value} was not a valid number.`);
    case "date":
      return readDate(value);
    case "datetime":
      return readDateTime(value);
    case "bool":
      return ["true", "false"].includes(value)
        ? { ok: true, value }
        : bad("INVALID_OPTION", `${value} was not one of the allowed options: [true, false]`);
    case "string":
    case "enumeration":
      return { ok: true, value };
  }
}

function bad(code: string, message: string): Read {
  return { ok: false, code, message };
}

/** Milliseconds since 1970 or ISO 8601, as HubSpot takes both. */
function parseInstant(value: string): Date | undefined {
  const instant = new Date(/^\d{10,}$/.test(value) ? Number(value) : value);
  const looksRight = /^\d{10,}$|^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(value);
  return looksRight && !Number.isNaN(instant.getTime()) ? instant : undefined;
}

/** Days only: a time of day other than midnight UTC is refused. */
function readDate(value: string): Read {
  const instant = parseInstant(value);
  return instant !== undefined && instant.getTime() % 86_400_000 === 0
    ? { ok: true, value: instant.toISOString().slice(0, 10) }
    : bad("INVALID_DATE", `${value} is not a valid date: give yyyy-mm-dd or midnight UTC.`);
}

function readDateTime(value: string): Read {
  const instant = parseInstant(value);
  return instant === undefined
    ? bad("INVALID_DATE", `${value} is not a valid date and time.`)
    : { ok: true, value: instant.toISOString().replace(".000Z", "Z") };
}

function optionProblems(
  values: PropertyValues,
  current: PropertyValues,
  definitions: ReadonlyMap<string, PropertyDefinition>,
): PropertyProblem[] {
  return Object.entries(values).flatMap(([property, value]) => {
    const allowed = allowedOptions(property, { ...current, ...values }, definitions);
    if (value === null || allowed === undefined || allowed.includes(value)) return [];
    const message = `${value} was not one of the allowed options: [${allowed.join(", ")}]`;
    return [{ property, code: "INVALID_OPTION", message }];
  });
}

function allowedOptions(
  property: string,
  after: PropertyValues,
  definitions: ReadonlyMap<string, PropertyDefinition>,
): string[] | undefined {
  if (property === "pipeline") return pipelines.map(({ id }) => id);
  if (property === "hubspot_owner_id") return owners.map(({ id }) => id);
  if (property === "dealstage") {
    const pipeline = pipelines.find(({ id }) => id === after["pipeline"]);
    return pipeline?.stages.map(({ id }) => id) ?? [];
  }
  const definition = definitions.get(property);
  return definition?.type === "enumeration"
    ? definition.options.map(({ value }) => value)
    : undefined;
}

/** A deal moved to another pipeline needs one of that pipeline's stages. */
export function stageFits(properties: PropertyValues): boolean {
  const stage = properties["dealstage"];
  return stage != null && findStage(properties["pipeline"], stage) !== undefined;
}
