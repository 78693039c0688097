import type { z } from "zod";
import type { RecordKind } from "../../mapping/mapping.ts";
import type { Calls } from "../calls.ts";
import type { FieldWords, KnownField } from "../check-fields.ts";
import type { SalesforceClient } from "./client.ts";
import { isNotFound } from "./errors.ts";
import { DescribeAnswer } from "./schema.ts";
import { objects } from "./write-deal.ts";

export type Described = z.infer<typeof DescribeAnswer>;

/** A kind of record as the signed-in user sees it; null where that user does not see it at all. */
export function describeRecords(
  client: SalesforceClient,
  call: Calls,
  kind: RecordKind,
): Promise<Described | null> {
  const path = `/sobjects/${objects[kind]}/describe`;
  return call("describe", () => client.get(path, DescribeAnswer, {}).catch(nullWhereHidden));
}

export const words: FieldWords = {
  noun: "field",
  readsWithoutMissing: false,
  timesTakeDates: false,
  missing: (on, name) =>
    `Create the ${objects[on]} field ${name} and give the user access to it (countersign setup salesforce does both), or correct its name.`,
  readOnly: (on, name) =>
    `Grant Edit access to ${objects[on]}.${name} (countersign setup salesforce does). A formula or system field cannot be written at all: name another.`,
};

type Field = Described["fields"][number];

export function toKnownField(field: Field): KnownField {
  const kind = kinds[field.type] ?? "other";
  const closed = kind === "choice" && field.restrictedPicklist;
  const active = field.picklistValues.filter(({ active }) => active);
  return {
    name: field.name,
    kind,
    options: closed ? active.map(({ value }) => value) : null,
    length: kind === "text" && field.length > 0 ? field.length : null,
    writable: field.updateable,
  };
}

/** Types of developer.salesforce.com, "Field Types". A picklist that is not restricted takes any text. */
const kinds: Record<string, KnownField["kind"]> = {
  string: "text",
  textarea: "text",
  url: "url",
  picklist: "choice",
  combobox: "choice",
  date: "date",
  datetime: "date-time",
  double: "number",
  int: "number",
  currency: "number",
  percent: "number",
  boolean: "yes-or-no",
};

function nullWhereHidden(error: unknown): null {
  if (isNotFound(error)) return null;
  throw error;
}
