import { users } from "./deals.ts";
import { seedFields, type FieldDefinition } from "./fields.ts";

/** What the API reads and writes, and can be granted. */
const objectNames = ["Opportunity", "Account", "Contact"] as const;
export type ObjectName = (typeof objectNames)[number];

type PermissionSet = { Id: string; Name: string; Label: string };
type Grants = { PermissionsRead: boolean; PermissionsEdit: boolean };
type ObjectPermission = Grants & { Id: string; ParentId: string; SobjectType: string };
type FieldPermission = Grants & { Id: string; ParentId: string; Field: string };
type Assignment = { Id: string; PermissionSetId: string; AssigneeId: string };

/** What the integration user, whom the API acts as, may see and edit. Its profile gives everything but `withheld`; permission sets add to that. */
export type Access = {
  userId: string;
  fields: Record<ObjectName, FieldDefinition[]>;
  /** `Opportunity.edit`, `Account.read`, `Contract_URL__c.read` (an Opportunity's field), `Account.Last_Contract__c.edit`. */
  withheld: Set<string>;
  permissionSets: PermissionSet[];
  objectPermissions: ObjectPermission[];
  fieldPermissions: FieldPermission[];
  assignments: Assignment[];
};

export function seedAccess(): Access {
  return {
    userId: users[0].Id,
    fields: seedFields(),
    withheld: new Set(),
    permissionSets: [],
    objectPermissions: [],
    fieldPermissions: [],
    assignments: [],
  };
}

/** The next user in turn, whose profile gives all but these grants. */
export function replaceUser(access: Access, lacking: readonly string[]): void {
  const place = users.findIndex(({ Id }) => Id === access.userId);
  access.userId = (users[place + 1] ?? users[0]).Id;
  access.withheld = new Set(lacking);
}

export function isObjectName(name: string): name is ObjectName {
  return objectNames.some((known) => known === name);
}

/** An object's fields as the API sees them: whatever is withheld looks as if it did not exist. */
export function visibleFields(access: Access, object: ObjectName): FieldDefinition[] {
  if (!mayUse(access, object, "read")) return [];
  return access.fields[object]
    .filter(({ name }) => hasField(access, object, name, "read"))
    .map((field) =>
      mayUse(access, object, "edit") && hasField(access, object, field.name, "edit")
        ? field
        : { ...field, createable: false, updateable: false },
    );
}

/** The grant of a field, as `withheld` names it. */
export function fieldGrant(object: ObjectName, name: string, what: "read" | "edit"): string {
  return object === "Opportunity" ? `${name}.${what}` : `${object}.${name}.${what}`;
}

function hasField(
  access: Access,
  object: ObjectName,
  name: string,
  what: "read" | "edit",
): boolean {
  if (!access.withheld.has(fieldGrant(object, name, what))) return true;
  return assigned(access, access.fieldPermissions).some(
    (grant) => grant.Field === `${object}.${name}` && given(grant, what),
  );
}

export function mayUse(access: Access, object: ObjectName, what: "read" | "edit"): boolean {
  if (!access.withheld.has(`${object}.${what}`)) return true;
  return assigned(access, access.objectPermissions).some(
    (grant) => grant.SobjectType === object && given(grant, what),
  );
}

function given(grant: Grants, what: "read" | "edit"): boolean {
  return what === "edit" ? grant.PermissionsEdit : grant.PermissionsRead;
}

function assigned<Grant extends { ParentId: string }>(access: Access, grants: Grant[]): Grant[] {
  const mine = access.assignments.filter(({ AssigneeId }) => AssigneeId === access.userId);
  const sets = new Set(mine.map(({ PermissionSetId }) => PermissionSetId));
  return grants.filter(({ ParentId }) => sets.has(ParentId));
}
