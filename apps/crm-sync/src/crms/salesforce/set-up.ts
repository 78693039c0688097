import type { Calls } from "../calls.ts";
import type { WantedField } from "../check-fields.ts";
import type { Setup } from "../setup.ts";
import type { SalesforceClient } from "./client.ts";
import {
  IdsAnswer,
  FieldGrantsAnswer,
  MadeAnswer,
  ObjectGrantsAnswer,
  ToolingFieldsAnswer,
} from "./schema.ts";
import {
  permissionSet,
  planSetup,
  type SalesforcePresent,
  type SalesforceStep,
} from "./plan-setup.ts";

/** Needs a user that may customise the application, manage permission sets and assign them. */
export async function setUpSalesforce(
  client: SalesforceClient,
  call: Calls,
  wanted: readonly WantedField[],
): Promise<Setup> {
  const userId = await call("sign-in", () => client.userId());
  const found = await look(client, call, userId);
  const { steps, faults } = planSetup(wanted, found.present);
  let { setId } = found;
  const make = async (step: SalesforceStep) => {
    const post = (path: string, body: object) =>
      call(`make-${step.kind}`, () => client.send("POST", path, MadeAnswer, body));
    switch (step.kind) {
      case "field":
        await post("/tooling/sobjects/CustomField", step.body);
        return;
      case "permission-set":
        setId = (await post("/sobjects/PermissionSet", permissionSet)).id;
        return;
      case "object-access":
        await post("/sobjects/ObjectPermissions", {
          ParentId: setId,
          SobjectType: "Opportunity",
          ...readAndEdit,
        });
        return;
      case "field-access":
        await post("/sobjects/FieldPermissions", {
          ParentId: setId,
          SobjectType: "Opportunity",
          Field: `Opportunity.${step.field}`,
          ...readAndEdit,
        });
        return;
      case "assignment":
        await post("/sobjects/PermissionSetAssignment", {
          PermissionSetId: setId,
          AssigneeId: userId,
        });
    }
  };
  return { steps: steps.map((step) => ({ says: step.says, make: () => make(step) })), faults };
}

const readAndEdit = { PermissionsRead: true, PermissionsEdit: true };

/** Fields are asked for where they are made: one that nobody was granted stands in no description. */
async function look(
  client: SalesforceClient,
  call: Calls,
  userId: string,
): Promise<{ setId: string | null; present: SalesforcePresent }> {
  const fields = await call("read-fields", () =>
    client.get("/tooling/query", ToolingFieldsAnswer, {
      q: "SELECT DeveloperName FROM CustomField WHERE TableEnumOrId = 'Opportunity'",
    }),
  );
  const names = new Set(fields.records.map(({ DeveloperName }) => `${DeveloperName}__c`));
  const sets = await call("read-permission-sets", () =>
    client.get("/query", IdsAnswer, {
      q: `SELECT Id FROM PermissionSet WHERE Name = '${permissionSet.Name}'`,
    }),
  );
  const [set] = sets.records;
  if (set === undefined) return { setId: null, present: { ...nothingGranted, fields: names } };
  const of = `ParentId = '${set.Id}'`;
  const [objects, grants, assignments] = await Promise.all([
    call("read-grants", () =>
      client.get("/query", ObjectGrantsAnswer, {
        q: `SELECT PermissionsEdit FROM ObjectPermissions WHERE ${of} AND SobjectType = 'Opportunity'`,
      }),
    ),
    call("read-grants", () =>
      client.get("/query", FieldGrantsAnswer, {
        q: `SELECT Field, PermissionsEdit FROM FieldPermissions WHERE ${of}`,
      }),
    ),
    call("read-grants", () =>
      client.get("/query", IdsAnswer, {
        q: `SELECT Id FROM PermissionSetAssignment WHERE PermissionSetId = '${set.Id}' AND AssigneeId = '${userId}'`,
      }),
    ),
  ]);
  const editable = grants.records.filter(({ PermissionsEdit }) => PermissionsEdit);
  return {
    setId: set.Id,
    present: {
      fields: names,
      hasPermissionSet: true,
      grantsOpportunities: objects.records.some(({ PermissionsEdit }) => PermissionsEdit),
      grantedFields: new Set(editable.map(({ Field }) => Field.replace("Opportunity.", ""))),
      isAssigned: assignments.records.length > 0,
    },
  };
}

const nothingGranted = {
  hasPermissionSet: false,
  grantsOpportunities: false,
  grantedFields: new Set<string>(),
  isAssigned: false,
};
