import type { Request } from "express";
import { z } from "zod";
import { pathValue, queryValue, type Answer } from "../crm-calls.ts";
import { refusal, refused, type Refusal } from "./answers.ts";
import type { FieldDefinition } from "./fields.ts";
import type { Org } from "./record-endpoints.ts";

/** Field types of the Metadata API that this fake makes (developer.salesforce.com, "CustomField"). */
const fieldTypes = { Text: "string", Date: "date", Url: "url", Number: "currency" } as const;

const customField = z.object({
  FullName: z.string().regex(/^Opportunity\.[A-Za-z][A-Za-z0-9_]*__c$/),
  Metadata: z.object({
    label: z.string().min(1),
    type: z.enum(["Text", "Date", "Url", "Number"]),
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
  const name = FullName.replace("Opportunity.", "");
  if (access.fields.some((field) => field.name.toLowerCase() === name.toLowerCase())) {
    const message = `There is already a field named ${name} on Opportunity.`;
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
  access.fields.push(made);
  access.withheld.add(`${name}.read`).add(`${name}.edit`);
  return created(idOf("00N", access.fields.length));
}

const shapes = {
  PermissionSet: z.object({ Name: z.string().min(1), Label: z.string().min(1) }),
  ObjectPermissions: z.object({
    ParentId: z.string(),
    SobjectType: z.string(),
    PermissionsRead: z.boolean(),
    PermissionsEdit: z.boolean(),
  }),
  FieldPermissions: z.object({
    ParentId: z.string(),
    SobjectType: z.string(),
    Field: z.string(),
    PermissionsRead: z.boolean(),
    PermissionsEdit: z.boolean(),
  }),
  PermissionSetAssignment: z.object({ PermissionSetId: z.string(), AssigneeId: z.string() }),
};

/** `POST /sobjects/PermissionSet` and its grants and assignments (developer.salesforce.com, object reference). */
export function createGrant({ state: { access } }: Org, request: Request): Answer {
  const object = pathValue(request, "object");
  const taken = () => refused(refusal(400, "DUPLICATE_VALUE", `duplicate ${object}`));
  switch (object) {
    case "PermissionSet": {
      const set = shapes.PermissionSet.safeParse(request.body);
      if (!set.success) return refused(malformed(set.error));
      if (access.permissionSets.some(({ Name }) => Name === set.data.Name)) return taken();
      const Id = idOf("0PS", access.permissionSets.length + 1);
      access.permissionSets.push({ Id, ...set.data });
      return created(Id);
    }
    case "ObjectPermissions": {
      const grant = shapes.ObjectPermissions.safeParse(request.body);
      if (!grant.success) return refused(malformed(grant.error));
      const Id = idOf("110", access.objectPermissions.length + 1);
      access.objectPermissions.push({ Id, ...grant.data });
      return created(Id);
    }
    case "FieldPermissions": {
      const grant = shapes.FieldPermissions.safeParse(request.body);
      if (!grant.success) return refused(malformed(grant.error));
      const known = access.fields.some(({ name }) => `Opportunity.${name}` === grant.data.Field);
      if (!known) {
        const message = `Field Name: bad value for restricted picklist field: ${grant.data.Field}`;
        return refused(refusal(400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message, ["Field"]));
      }
      const Id = idOf("01k", access.fieldPermissions.length + 1);
      access.fieldPermissions.push({ Id, ...grant.data });
      return created(Id);
    }
    case "PermissionSetAssignment": {
      const one = shapes.PermissionSetAssignment.safeParse(request.body);
      if (!one.success) return refused(malformed(one.error));
      const Id = idOf("0Pa", access.assignments.length + 1);
      access.assignments.push({ Id, ...one.data });
      return created(Id);
    }
    default:
      return refused(refusal(404, "NOT_FOUND", "The requested resource does not exist"));
  }
}

/** `GET /tooling/query`: only the one question of which custom fields Opportunity has. */
export function queryTooling({ state: { access } }: Org, request: Request): Answer {
  const asked = queryValue(request, "q") ?? "";
  if (!/^SELECT DeveloperName FROM CustomField WHERE TableEnumOrId = 'Opportunity'$/.test(asked)) {
    return refused(refusal(400, "MALFORMED_QUERY", "The sandbox does not know this query."));
  }
  const records = access.fields
    .filter(({ name }) => name.endsWith("__c"))
    .map(({ name }) => ({
      attributes: { type: "CustomField", url: "/services/data/tooling/sobjects/CustomField" },
      DeveloperName: name.replace(/__c$/, ""),
    }));
  return {
    status: 200,
    body: { size: records.length, totalSize: records.length, done: true, records },
  };
}

function created(id: string): Answer {
  return { status: 201, body: { id, success: true, errors: [], warnings: [], infos: [] } };
}

function idOf(prefix: string, number: number): string {
  return `${prefix}${String(number).padStart(12, "0")}AAA`;
}

function malformed(error: z.ZodError): Refusal {
  const [issue] = error.issues;
  return refusal(400, "JSON_PARSER_ERROR", `${issue?.path.join(".")}: ${issue?.message}`);
}
