import { users } from "./deals.ts";
import { opportunityFields, type FieldDefinition } from "./fields.ts";

type PermissionSet = { Id: string; Name: string; Label: string };
type Grants = { PermissionsRead: boolean; PermissionsEdit: boolean };
type ObjectPermission = Grants & { Id: string; ParentId: string; SobjectType: string };
type FieldPermission = Grants & { Id: string; ParentId: string; Field: string };
type Assignment = { Id: string; PermissionSetId: string; AssigneeId: string };

/** What the integration user, whom the API acts as, may see and edit. Its profile gives everything but `withheld`; permission sets add to that. */
export type Access = {
  userId: string;
  fields: FieldDefinition[];
  /** `Opportunity.edit`, `Contract_URL__c.read`, `Contract_URL__c.edit`. */
  withheld: Set<string>;
  permissionSets: PermissionSet[];
  objectPermissions: ObjectPermission[];
  fieldPermissions: FieldPermission[];
  assignments: Assignment[];
};

export function seedAccess(): Access {
  return {
    userId: users[0].Id,
    fields: [...opportunityFields],
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

/** Opportunity's fields as the API sees them: whatever is withheld looks as if it did not exist. */
export function visibleFields(access: Access): FieldDefinition[] {
  return access.fields
    .filter(({ name }) => hasField(access, name, "read"))
    .map((field) =>
      hasField(access, field.name, "edit")
        ? field
        : { ...field, createable: false, updateable: false },
    );
}

function hasField(access: Access, name: string, what: "read" | "edit"): boolean {
  if (!access.withheld.has(`${name}.${what}`)) return true;
  return assigned(access, access.fieldPermissions).some(
    (grant) => grant.Field === `Opportunity.${name}` && given(grant, what),
  );
}

export function mayEditOpportunities(access: Access): boolean {
  if (!access.withheld.has("Opportunity.edit")) return true;
  return assigned(access, access.objectPermissions).some(
    (grant) => grant.SobjectType === "Opportunity" && given(grant, "edit"),
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
