import type { Request } from "express";
import { z } from "zod";
import { pathValue, type Answer } from "../crm-calls.ts";
import { isObjectName, type Access } from "./access.ts";
import { created, malformed, noResource, numberedId, refusal, refused } from "./answers.ts";
import type { Org } from "./record-endpoints.ts";

const flags = { PermissionsRead: z.boolean(), PermissionsEdit: z.boolean() };
const shapes = {
  PermissionSet: z.object({ Name: z.string().min(1), Label: z.string().min(1) }),
  ObjectPermissions: z.object({ ParentId: z.string(), SobjectType: z.string(), ...flags }),
  FieldPermissions: z.object({
    ParentId: z.string(),
    SobjectType: z.string(),
    Field: z.string(),
    ...flags,
  }),
  PermissionSetAssignment: z.object({ PermissionSetId: z.string(), AssigneeId: z.string() }),
};
const changed = z.object(flags);

/** `POST /sobjects/PermissionSet` and its grants and assignments (developer.salesforce.com, object reference). */
export function createGrant({ state: { access } }: Org, request: Request): Answer {
  const object = pathValue(request, "object");
  const taken = () => refused(refusal(400, "DUPLICATE_VALUE", `duplicate ${object}`));
  switch (object) {
    case "PermissionSet": {
      const set = shapes.PermissionSet.safeParse(request.body);
      if (!set.success) return refused(malformed(set.error));
      if (access.permissionSets.some(({ Name }) => Name === set.data.Name)) return taken();
      const Id = numberedId("0PS", access.permissionSets.length + 1);
      access.permissionSets.push({ Id, ...set.data });
      return created(Id);
    }
    case "ObjectPermissions": {
      const grant = shapes.ObjectPermissions.safeParse(request.body);
      if (!grant.success) return refused(malformed(grant.error));
      const { ParentId, SobjectType } = grant.data;
      const own = access.objectPermissions.filter((one) => one.ParentId === ParentId);
      if (own.some((one) => one.SobjectType === SobjectType)) return taken();
      const needsAccounts = SobjectType !== "Account";
      if (needsAccounts && !own.some((one) => one.SobjectType === "Account")) {
        return refused(dependsOnAccounts(SobjectType));
      }
      const Id = numberedId("110", access.objectPermissions.length + 1);
      access.objectPermissions.push({ Id, ...grant.data });
      return created(Id);
    }
    case "FieldPermissions": {
      const grant = shapes.FieldPermissions.safeParse(request.body);
      if (!grant.success) return refused(malformed(grant.error));
      const { ParentId, Field } = grant.data;
      if (!isGrantable(access, Field)) {
        const message = `Field Name: bad value for restricted picklist field: ${Field}`;
        return refused(refusal(400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message, ["Field"]));
      }
      const isTaken = access.fieldPermissions.some(
        (one) => one.ParentId === ParentId && one.Field === Field,
      );
      if (isTaken) return taken();
      const Id = numberedId("01k", access.fieldPermissions.length + 1);
      access.fieldPermissions.push({ Id, ...grant.data });
      return created(Id);
    }
    case "PermissionSetAssignment": {
      const one = shapes.PermissionSetAssignment.safeParse(request.body);
      if (!one.success) return refused(malformed(one.error));
      const Id = numberedId("0Pa", access.assignments.length + 1);
      access.assignments.push({ Id, ...one.data });
      return created(Id);
    }
    default:
      return refused(noResource());
  }
}

export function changeObjectGrant({ state: { access } }: Org, request: Request): Answer {
  return change(access.objectPermissions, request);
}

export function changeFieldGrant({ state: { access } }: Org, request: Request): Answer {
  return change(access.fieldPermissions, request);
}

function change(
  grants: { Id: string; PermissionsRead: boolean; PermissionsEdit: boolean }[],
  request: Request,
): Answer {
  const flags = changed.safeParse(request.body);
  if (!flags.success) return refused(malformed(flags.error));
  const grant = grants.find(({ Id }) => Id === pathValue(request, "id"));
  if (grant === undefined) return refused(noResource());
  Object.assign(grant, flags.data);
  return { status: 204 };
}

/** A permission set that reads what belongs to accounts must read accounts itself, and nothing adds that by itself. */
function dependsOnAccounts(object: string) {
  const message = `Permission Read ${object} depends on permission(s): Read Account`;
  return refusal(400, "FIELD_INTEGRITY_EXCEPTION", message);
}

/** What is required everywhere is seen by everybody, so nobody can be granted it. */
function isGrantable({ fields }: Access, granted: string): boolean {
  const [object = "", name] = granted.split(".");
  if (!isObjectName(object)) return false;
  return fields[object].some((field) => field.name === name && field.nillable);
}
