import type { Fields } from "../crm-journal.ts";
import { contentTables } from "./content-tables.ts";
import { users } from "./deals.ts";
import { visibleFields } from "./access.ts";
import { roleFields, stageFields, userFields, type FieldDefinition } from "./fields.ts";
import { stages } from "./stages.ts";
import { liveRecords, type SalesforceState } from "./state.ts";

export type Table = {
  fields(state: SalesforceState): readonly Pick<FieldDefinition, "name">[];
  rows(state: SalesforceState): Fields[];
  /** Relationship name -> the field that holds the id and the table it points to. */
  parents?: Record<string, { idField: string; table: string }>;
  /** Child relationship name -> the table, and its field that holds this record's id. */
  children?: Record<string, { idField: string; table: string }>;
};

/** What a query can read. */
export const tables: Record<string, Table> = {
  Opportunity: {
    fields: ({ access }) => visibleFields(access, "Opportunity"),
    rows: liveRecords,
    parents: {
      Account: { idField: "AccountId", table: "Account" },
      Owner: { idField: "OwnerId", table: "User" },
    },
    children: {
      OpportunityContactRoles: { idField: "OpportunityId", table: "OpportunityContactRole" },
    },
  },
  OpportunityStage: { fields: () => stageFields, rows: () => stageRows },
  User: { fields: () => userFields, rows: () => userRows },
  PermissionSet: named("Id Name Label", ({ access }) => access.permissionSets),
  ObjectPermissions: named(
    "Id ParentId SobjectType PermissionsRead PermissionsEdit",
    ({ access }) => access.objectPermissions,
  ),
  FieldPermissions: named(
    "Id ParentId SobjectType Field PermissionsRead PermissionsEdit",
    ({ access }) => access.fieldPermissions,
  ),
  PermissionSetAssignment: named(
    "Id PermissionSetId AssigneeId",
    ({ access }) => access.assignments,
  ),
  OpportunityContactRole: {
    fields: () => roleFields,
    rows: ({ related }) => related.roles,
    parents: {
      Contact: { idField: "ContactId", table: "Contact" },
      Opportunity: { idField: "OpportunityId", table: "Opportunity" },
    },
  },
  Contact: {
    fields: ({ access }) => visibleFields(access, "Contact"),
    rows: ({ related }) => [...related.Contact.values()],
  },
  Account: {
    fields: ({ access }) => visibleFields(access, "Account"),
    rows: ({ related }) => [...related.Account.values()],
  },
  ...contentTables,
};

function named(names: string, rows: Table["rows"]): Table {
  const fields = names.split(" ").map((name) => ({ name }));
  return { fields: () => fields, rows };
}

const userRows = users.map((user) => ({
  ...user,
  Name: `${user.FirstName} ${user.LastName}`,
  Username: user.Email,
  IsActive: true,
}));

const stageRows = stages.map((stage, order) => ({
  Id: stage.id,
  ApiName: stage.name,
  MasterLabel: stage.name,
  IsActive: true,
  SortOrder: order + 1,
  IsClosed: stage.closed,
  IsWon: stage.won,
  DefaultProbability: stage.probability,
  ForecastCategory: stage.forecastCategory,
  ForecastCategoryName: stage.forecastCategoryName,
}));
