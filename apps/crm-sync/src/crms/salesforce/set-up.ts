import type { Calls } from "../calls.ts";
import type { Setup } from "../setup.ts";
import { kindsOf, type WantedField } from "../wanted-fields.ts";
import type { SalesforceClient } from "./client.ts";
import { describeRecords } from "./known-fields.ts";
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
import { objects } from "./write-deal.ts";

/**
 * Needs a user that may customise the application, manage permission sets and assign them. Fields are made by the
 * Tooling API (`FullName` and `Metadata`, as the Metadata API's CustomField), grants are records of
 * ObjectPermissions and FieldPermissions (developer.salesforce.com, Tooling API and object reference).
 */
export async function setUpSalesforce(
  client: SalesforceClient,
  call: Calls,
  wanted: readonly WantedField[],
): Promise<Setup> {
  const userId = await call("sign-in", () => client.userId());
  const found = await look(client, call, wanted, userId);
  const { steps, faults } = planSetup(wanted, found.present);
  let { setId } = found;
  const make = async (step: SalesforceStep) => {
    const post = (path: string, body: object) =>
      call(`make-${step.kind}`, () => client.send("POST", path, MadeAnswer, body));
    const grant = async (table: string, grantId: string | null, of: object, flags: object) => {
      if (grantId === null) await post(`/sobjects/${table}`, { ParentId: setId, ...of, ...flags });
      else {
        await call(`change-${step.kind}`, () =>
          client.patch(`/sobjects/${table}/${grantId}`, flags, {}),
        );
      }
    };
    switch (step.kind) {
      case "field":
        await post("/tooling/sobjects/CustomField", step.body);
        return;
      case "permission-set":
        setId = (await post("/sobjects/PermissionSet", permissionSet)).id;
        return;
      case "object-access": {
        const flags = { PermissionsRead: true, PermissionsEdit: step.edit };
        await grant("ObjectPermissions", step.grantId, { SobjectType: step.object }, flags);
        return;
      }
      case "field-access": {
        const of = { SobjectType: step.object, Field: step.field };
        const flags = { PermissionsRead: true, PermissionsEdit: true };
        await grant("FieldPermissions", step.grantId, of, flags);
        return;
      }
      case "assignment":
        await post("/sobjects/PermissionSetAssignment", {
          PermissionSetId: setId,
          AssigneeId: userId,
        });
    }
  };
  return { steps: steps.map((step) => ({ says: step.says, make: () => make(step) })), faults };
}

type Found = { setId: string | null; present: SalesforcePresent };

async function look(
  client: SalesforceClient,
  call: Calls,
  wanted: readonly WantedField[],
  userId: string,
): Promise<Found> {
  const fields = await readFields(client, call, wanted);
  const sets = await call("read-permission-sets", () =>
    client.get("/query", IdsAnswer, {
      q: `SELECT Id FROM PermissionSet WHERE Name = '${permissionSet.Name}'`,
    }),
  );
  const [set] = sets.records;
  if (set === undefined) return { setId: null, present: { ...nothingGranted, ...fields } };
  return {
    setId: set.Id,
    present: { ...fields, ...(await readGrants(client, call, set.Id, userId)) },
  };
}

/** Fields are asked for where they are made: one that nobody was granted stands in no description. */
async function readFields(
  client: SalesforceClient,
  call: Calls,
  wanted: readonly WantedField[],
): Promise<Pick<SalesforcePresent, "fields" | "requiredFields">> {
  const found = await Promise.all(
    kindsOf(wanted).map(async (kind) => {
      const object = objects[kind];
      const q = `SELECT DeveloperName, NamespacePrefix FROM CustomField WHERE TableEnumOrId = '${object}'`;
      const [{ records }, described] = await Promise.all([
        call("read-fields", () => client.get("/tooling/query", ToolingFieldsAnswer, { q })),
        describeRecords(client, call, kind),
      ]);
      const required = described?.fields.filter(({ nillable }) => !nillable) ?? [];
      return {
        fields: records.map(
          ({ DeveloperName, NamespacePrefix }) =>
            `${object}.${NamespacePrefix ? `${NamespacePrefix}__` : ""}${DeveloperName}__c`,
        ),
        required: required.map(({ name }) => `${object}.${name}`),
      };
    }),
  );
  return {
    fields: new Set(found.flatMap(({ fields }) => fields)),
    requiredFields: new Set(found.flatMap(({ required }) => required)),
  };
}

async function readGrants(
  client: SalesforceClient,
  call: Calls,
  setId: string,
  userId: string,
): Promise<Omit<SalesforcePresent, "fields" | "requiredFields">> {
  const of = `ParentId = '${setId}'`;
  const [objectGrants, fieldGrants, assignments] = await Promise.all([
    call("read-grants", () =>
      client.get("/query", ObjectGrantsAnswer, {
        q: `SELECT Id, SobjectType, PermissionsRead, PermissionsEdit FROM ObjectPermissions WHERE ${of}`,
      }),
    ),
    call("read-grants", () =>
      client.get("/query", FieldGrantsAnswer, {
        q: `SELECT Id, Field, PermissionsEdit FROM FieldPermissions WHERE ${of}`,
      }),
    ),
    call("read-grants", () =>
      client.get("/query", IdsAnswer, {
        q: `SELECT Id FROM PermissionSetAssignment WHERE PermissionSetId = '${setId}' AND AssigneeId = '${userId}'`,
      }),
    ),
  ]);
  return {
    hasPermissionSet: true,
    objectGrants: new Map(
      objectGrants.records.map(({ Id, SobjectType, PermissionsRead, PermissionsEdit }) => [
        SobjectType,
        { id: Id, read: PermissionsRead, edit: PermissionsEdit },
      ]),
    ),
    fieldGrants: new Map(
      fieldGrants.records.map(({ Id, Field, PermissionsEdit }) => [
        Field,
        { id: Id, edit: PermissionsEdit },
      ]),
    ),
    isAssigned: assignments.records.length > 0,
  };
}

const nothingGranted = {
  hasPermissionSet: false,
  objectGrants: new Map(),
  fieldGrants: new Map(),
  isAssigned: false,
};
