import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { WantedField } from "./check-fields.ts";
import { planSetup as planHubspot } from "./hubspot/plan-setup.ts";
import { planSetup as planSalesforce, type SalesforcePresent } from "./salesforce/plan-setup.ts";

const field = (name: string, more: Partial<WantedField> = {}): WantedField => ({
  name,
  place: `crm.fields.${name}`,
  holds: "text",
  values: [],
  label: "A field",
  unique: false,
  ...more,
});

describe("HubSpot", () => {
  it("makes the group first, a choice of the values, and a unique property for a key", () => {
    const wanted = [
      field("contract_state", { values: ["sent", "partially_signed"] }),
      field("signed_on", { holds: "date" }),
      field("contract_key", { unique: true }),
      field("amount"),
    ];
    const present = { groups: new Set<string>(), properties: new Set(["amount"]) };
    const { steps, faults } = planHubspot(wanted, present);
    expect(faults).toEqual([]);
    expect(steps.map(({ body }) => body)).toMatchObject([
      { name: "countersign" },
      {
        name: "contract_state",
        type: "enumeration",
        fieldType: "select",
        groupName: "countersign",
        options: [
          { value: "sent", label: "Sent" },
          { value: "partially_signed", label: "Partially signed" },
        ],
      },
      { name: "signed_on", type: "date", fieldType: "date", hasUniqueValue: false },
      { name: "contract_key", type: "string", hasUniqueValue: true },
    ]);
  });

  it("makes no group for nothing, and says which names cannot be made", () => {
    const present = { groups: new Set<string>(), properties: new Set<string>() };
    expect(planHubspot([field("Contract Status")], present)).toMatchObject({
      steps: [],
      faults: [{ code: "bad-name", place: "crm.fields.Contract Status" }],
    });
  });

  it("has nothing to do where its plan was carried out", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z_]{1,6}$/)), (names) => {
        const wanted = names.map((name) => field(name));
        const first = planHubspot(wanted, { groups: new Set(), properties: new Set() });
        const made = { groups: new Set<string>(), properties: new Set<string>() };
        for (const { kind, body } of first.steps) {
          (kind === "group" ? made.groups : made.properties).add(body.name);
        }
        expect(planHubspot(wanted, made).steps).toEqual([]);
      }),
    );
  });
});

const nothing: SalesforcePresent = {
  fields: new Set(),
  hasPermissionSet: false,
  grantsOpportunities: false,
  grantedFields: new Set(),
  isAssigned: false,
};

describe("Salesforce", () => {
  it("makes fields, then a permission set that grants them, and assigns it", () => {
    const wanted = [
      field("Contract_Key__c", { unique: true }),
      field("Contract_URL__c", { holds: "url" }),
      field("NextStep"),
    ];
    const { steps } = planSalesforce(wanted, { ...nothing, fields: new Set(["Contract_URL__c"]) });
    expect(steps).toMatchObject([
      {
        kind: "field",
        body: {
          FullName: "Opportunity.Contract_Key__c",
          Metadata: { type: "Text", length: 255, externalId: true, unique: true },
        },
      },
      { kind: "permission-set" },
      { kind: "object-access" },
      { kind: "field-access", field: "Contract_Key__c" },
      { kind: "field-access", field: "Contract_URL__c" },
      { kind: "assignment" },
    ]);
  });

  it("neither makes nor grants what has no possible name", () => {
    const { steps, faults } = planSalesforce([field("Contract Status__c")], nothing);
    expect(steps.map(({ kind }) => kind)).toEqual([
      "permission-set",
      "object-access",
      "assignment",
    ]);
    expect(faults).toMatchObject([{ code: "bad-name" }]);
  });

  it("has nothing to do where its plan was carried out, however much of it stood before", () => {
    const some = fc.subarray(["A__c", "B__c", "C_D__c"]);
    fc.assert(
      fc.property(some, some, some, fc.boolean(), (names, there, granted, hasSet) => {
        const wanted = names.map((name) => field(name));
        const fields = new Set(there);
        const grantedFields = new Set(hasSet ? granted : []);
        const before = { ...nothing, fields, grantedFields, hasPermissionSet: hasSet };
        const after = { ...before, fields: new Set(fields), grantedFields: new Set(grantedFields) };
        for (const step of planSalesforce(wanted, before).steps) {
          if (step.kind === "field")
            after.fields.add(step.body.FullName.replace("Opportunity.", ""));
          if (step.kind === "permission-set") after.hasPermissionSet = true;
          if (step.kind === "object-access") after.grantsOpportunities = true;
          if (step.kind === "field-access") after.grantedFields.add(step.field);
          if (step.kind === "assignment") after.isAssigned = true;
        }
        expect(planSalesforce(wanted, after).steps).toEqual([]);
      }),
    );
  });
});
