import type { Fields } from "../crm-journal.ts";
import { refusal, type Refusal } from "./answers.ts";
import type { FieldDefinition } from "./fields.ts";
import { readId } from "./record-id.ts";
import { findStage } from "./stages.ts";
import { timestamp } from "./timestamp.ts";

type Checked = { ok: true; values: Fields } | { ok: false; refusal: Refusal };

/** Judges a write to a record as Salesforce would; the first problem found is the answer. `before`: null for a new one. */
export function checkFields(
  written: Record<string, unknown>,
  before: Fields | null,
  definitions: readonly FieldDefinition[],
  object = "Opportunity",
): Checked {
  const isNew = before === null;
  const values: Fields = {};
  for (const [name, value] of Object.entries(written)) {
    if (name === "attributes") continue;
    const problem = checkField(definitions, object, name, value, isNew);
    if (problem !== undefined) return { ok: false, refusal: problem };
    if (isFieldValue(value)) values[name] = kept(definitions, name, value);
  }
  const missing = missingFields(definitions, values, before);
  if (missing.length === 0) return { ok: true, values };
  const message = `Required fields are missing: [${missing.join(", ")}]`;
  return { ok: false, refusal: refusal(400, "REQUIRED_FIELD_MISSING", message, missing) };
}

function missingFields(
  definitions: readonly FieldDefinition[],
  values: Fields,
  before: Fields | null,
): string[] {
  const after = { ...before, ...values };
  return definitions
    .filter(({ nillable, name }) => !nillable && (after[name] ?? null) === null)
    .map(({ name }) => name);
}

function checkField(
  definitions: readonly FieldDefinition[],
  object: string,
  name: string,
  value: unknown,
  isNew: boolean,
): Refusal | undefined {
  const definition = definitions.find((field) => field.name === name);
  if (definition === undefined) {
    const message = `No such column '${name}' on sobject of type ${object}`;
    return refusal(400, "INVALID_FIELD", message);
  }
  if (!(isNew ? definition.createable : definition.updateable)) {
    const message =
      `Unable to create/update fields: ${name}. Please check the security settings of this field ` +
      "and verify that it is read/write for your profile or permission set.";
    return refusal(400, "INVALID_FIELD_FOR_INSERT_UPDATE", message, [name]);
  }
  if (value === null || value === "") return undefined;
  return checkValue(definition, value);
}

function checkValue(definition: FieldDefinition, value: unknown): Refusal | undefined {
  const { name, label, length } = definition;
  if (!fitsType(definition, value)) {
    const message = `Cannot deserialize instance of ${definition.type} from ${typeof value} value ${String(value)}`;
    return refusal(400, "JSON_PARSER_ERROR", message);
  }
  if (definition.type === "picklist" && !isOption(definition, value)) {
    const message = `${label}: bad value for restricted picklist field: ${String(value)}`;
    return refusal(400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message, [name]);
  }
  if (length > 0 && typeof value === "string" && value.length > length) {
    const message = `${label}: data value too large: ${value} (max length=${length})`;
    return refusal(400, "STRING_TOO_LONG", message, [name]);
  }
  if (definition.type === "reference" && !isReference(name, value)) {
    const message = `${label}: id value of incorrect type: ${String(value)}`;
    return refusal(400, "MALFORMED_ID", message, [name]);
  }
  return undefined;
}

function isOption({ options }: FieldDefinition, value: unknown): boolean {
  if (options === undefined) return findStage(value) !== undefined;
  return options.some((option) => option === value);
}

function fitsType({ type }: FieldDefinition, value: unknown): boolean {
  switch (type) {
    case "currency":
    case "percent":
    case "int":
      return typeof value === "number";
    case "boolean":
      return typeof value === "boolean";
    case "date":
      return typeof value === "string" && isDay(value);
    case "datetime":
      return typeof value === "string" && isMoment(value);
    case "id":
    case "string":
    case "textarea":
    case "url":
    case "picklist":
    case "reference":
      return typeof value === "string";
  }
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
}

function isMoment(text: string): boolean {
  return text.includes("T") && !Number.isNaN(Date.parse(text));
}

function isReference(name: string, value: unknown): boolean {
  const prefix = name === "OwnerId" ? "005" : "001";
  return typeof value === "string" && readId(value, prefix).kind === "id";
}

function kept(
  definitions: readonly FieldDefinition[],
  name: string,
  value: Fields[string],
): Fields[string] {
  if (value === "") return null;
  const { type } = definitions.find((field) => field.name === name) ?? {};
  return type === "datetime" && typeof value === "string" ? timestamp(new Date(value)) : value;
}

function isFieldValue(value: unknown): value is Fields[string] {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}
