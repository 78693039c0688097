import type { Request } from "express";
import { z } from "zod";
import { queryValue, type Answer } from "../crm-calls.ts";
import { fieldGrant, isObjectName } from "./access.ts";
import { created, malformed, numberedId, refusal, refused } from "./answers.ts";
import type { FieldDefinition } from "./fields.ts";
import type { Org } from "./record-endpoints.ts";

/** Field types of the Metadata API that this fake makes (developer.salesforce.com, "CustomField"). */
const fieldTypes = {
  Text: "string",
  Date: "date",
  DateTime: "datetime",
  Url: "url",
  Number: "currency",
  Checkbox: "boolean",
} as const;

const customField = z.object({
  FullName: z.string().regex(/^(Opportunity|Account|Contact)\.[A-Za-z][A-Za-z0-9_]*__c$/),
  Metadata: z.object({
    label: z.string().min(1),
    type: z.enum(["Text", "Date", "DateTime", "Url", "Number", "Checkbox"]),
    length: z.int().min(1).max(255).optional(),
    unique: z.boolean().default(false),
    externalId: z.boolean().default(false),
  }),
});

/** A field made by the API is seen by nobody until a permission set or profile grants it. */
export function createCustomField({ state: { access } }: Org, request: Request): Answer {
  const parsed = customField.safeParse(request.body);
  if (!parsed.success) return refused(malformed(parsed.error));
  const { FullName, Metadata } = parsed.data;
  const [object = "", name = ""] = FullName.split(".");
  if (!isObjectName(object)) throw new Error(`The shape lets ${object} through.`);
  const fields = access.fields[object];
  if (fields.some((field) => field.name.toLowerCase() === name.toLowerCase())) {
    const message = `There is already a field named ${name} on ${object}.`;
    return refused(refusal(400, "DUPLICATE_DEVELOPER_NAME", message));
  }
  const { label, type, length = 0, unique, externalId } = Metadata;
  if (type === "Text" && length === 0) {
    return refused(refusal(400, "FIELD_INTEGRITY_EXCEPTION", "length is required", ["length"]));
  }
  const made: FieldDefinition = {
    name,
    label,
    type: fieldTypes[type],
    length: type === "Url" ? 255 : length,
    createable: true,
    updateable: true,
    nillable: true,
    externalId,
    unique,
  };
  fields.push(made);
  access.withheld.add(fieldGrant(object, name, "read")).add(fieldGrant(object, name, "edit"));
  return created(numberedId("00N", fields.length));
}

/** `GET /tooling/query`: only the one question of which custom fields an object has. */
export function queryTooling({ state: { access } }: Org, request: Request): Answer {
  const asked = queryValue(request, "q") ?? "";
  const [, object = ""] =
    /^SELECT DeveloperName, NamespacePrefix FROM CustomField WHERE TableEnumOrId = '(\w+)'$/.exec(
      asked,
    ) ?? [];
  if (!isObjectName(object)) {
    return refused(refusal(400, "MALFORMED_QUERY", "The sandbox does not know this query."));
  }
  const records = access.fields[object]
    .filter(({ name }) => name.endsWith("__c"))
    .map(({ name }) => {
      const parts = name.split("__");
      return {
        attributes: { type: "CustomField", url: "/services/data/tooling/sobjects/CustomField" },
        DeveloperName: parts.at(-2),
        NamespacePrefix: parts.length > 2 ? parts[0] : null,
      };
    });
  return {
    status: 200,
    body: { size: records.length, totalSize: records.length, done: true, records },
  };
}
