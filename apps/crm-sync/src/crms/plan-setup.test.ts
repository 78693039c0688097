import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planSetup as planHubspot } from "./hubspot/plan-setup.ts";
import { planSetup as planSalesforce, type SalesforcePresent } from "./salesforce/plan-setup.ts";
import type { WantedField } from "./wanted-fields.ts";

const field = (name: string, more: Partial<WantedField> = {}): WantedField => ({
  on: "deal",
  name,
  place: `crm.fields.${name}`,
  holds: "text",
  values: [],
  label: "A field",
  own: false,
  key: false,
  ...more,
});

describe("HubSpot", () => {
  it("makes the group first, a choice of the values, and no property whose values are unique", () => {
    const wanted = [
      field("contract_state", { values: ["sent", "partially_signed"] }),
      field("signed_on", { holds: "date" }),
      field("contract_key", { key: true }),
      field("amount"),
      field("last_contract", { on: "account" }),
    ];
    const present = { groups: new Set<string>(), properties: new Set(["amount"]) };
    const { steps, faults } = planHubspot("deal", wanted, present);
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
      { name: "signed_on", type: "date", fieldType: "date" },
      { name: "contract_key", type: "string" },
    ]);
    expect(JSON.stringify(steps)).not.toContain("hasUniqueValue");
  });

  it("says of each kind of record what is made for it", () => {
    const wanted = [field("amount"), field("last_contract", { on: "account" })];
    const present = { groups: new Set<string>(), properties: new Set<string>() };
    const { steps } = planHubspot("account", wanted, present);
    expect(steps.map(({ on, says }) => [on, says])).toEqual([
      ["account", 'create the property group "Countersign" for companies'],
      [
        "account",
        'create the company property last_contract ("A field", text) for crm.fields.last_contract',
      ],
    ]);
  });

  it("makes no group for nothing, and says which names cannot be made", () => {
    const present = { groups: new Set<string>(), properties: new Set<string>() };
    expect(planHubspot("deal", [field("Contract Status")], present)).toMatchObject({
      steps: [],
      faults: [{ code: "bad-name", place: "crm.fields.Contract Status" }],
    });
  });

  it("has nothing to do where its plan was carried out", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z_]{1,6}$/)), (names) => {
        const wanted = names.map((name) => field(name));
        const first = planHubspot("deal", wanted, { groups: new Set(), properties: new Set() });
        const made = { groups: new Set<string>(), properties: new Set<string>() };
        for (const { kind, body } of first.steps) {
          (kind === "group" ? made.groups : made.properties).add(body.name);
        }
        expect(planHubspot("deal", wanted, made).steps).toEqual([]);
      }),
    );
  });
});

const nothing: SalesforcePresent = {
  fields: new Set(),
  requiredFields: new Set(),
  hasPermissionSet: false,
  objectGrants: new Map(),
  fieldGrants: new Map(),
  isAssigned: false,
};

describe("Salesforce", () => {
  it("makes fields, then a permission set that grants them, and assigns it", () => {
    const wanted = [
      field("Contract_Key__c", { key: true }),
      field("Contract_URL__c", { holds: "url" }),
      field("NextStep"),
      field("Last_Signed__c", { on: "contact", holds: "date" }),
    ];
    const fields = new Set(["Opportunity.Contract_URL__c", "Account.Last_Signed__c"]);
    const { steps } = planSalesforce(wanted, { ...nothing, fields });
    expect(steps).toMatchObject([
      {
        kind: "field",
        body: {
          FullName: "Opportunity.Contract_Key__c",
          Metadata: { type: "Text", length: 255, externalId: true },
        },
      },
      { kind: "field", body: { FullName: "Contact.Last_Signed__c", Metadata: { type: "Date" } } },
      { kind: "permission-set" },
      { kind: "object-access", object: "Account", edit: false, says: "let it read Accounts" },
      { kind: "object-access", object: "Opportunity", edit: true },
      { kind: "object-access", object: "Contact", edit: true },
      { kind: "field-access", field: "Opportunity.Contract_Key__c" },
      { kind: "field-access", field: "Opportunity.Contract_URL__c" },
      { kind: "field-access", field: "Contact.Last_Signed__c" },
      { kind: "assignment" },
    ]);
    expect(JSON.stringify(steps)).not.toContain('"unique"');
  });

  it("changes a grant that is not enough, and grants nobody what everybody has", () => {
    const wanted = [
      field("Last_Contract__c", { on: "account" }),
      field("Region__c", { on: "account" }),
    ];
    const { steps } = planSalesforce(wanted, {
      fields: new Set(["Account.Last_Contract__c", "Account.Region__c"]),
      requiredFields: new Set(["Account.Region__c"]),
      hasPermissionSet: true,
      objectGrants: new Map([
        ["Account", { id: "110a", read: true, edit: false }],
        ["Opportunity", { id: "110o", read: true, edit: true }],
      ]),
      fieldGrants: new Map([["Account.Last_Contract__c", { id: "01k1", edit: false }]]),
      isAssigned: true,
    });
    expect(steps).toMatchObject([
      { kind: "object-access", object: "Account", edit: true, grantId: "110a" },
      { kind: "field-access", field: "Account.Last_Contract__c", grantId: "01k1" },
    ]);
  });

  it("neither makes nor grants what has no possible name", () => {
    const { steps, faults } = planSalesforce([field("Contract Status__c")], nothing);
    expect(steps.map(({ kind }) => kind)).toEqual([
      "permission-set",
      "object-access",
      "object-access",
      "assignment",
    ]);
    expect(faults).toMatchObject([{ code: "bad-name" }]);
  });

  it("has nothing to do where its plan was carried out, however much of it stood before", () => {
    const names = ["A__c", "B__c", "C_D__c"];
    const places = names.flatMap((name) => [`Opportunity.${name}`, `Contact.${name}`]);
    const some = fc.subarray(places);
    fc.assert(
      fc.property(
        some,
        some,
        some,
        fc.boolean(),
        fc.boolean(),
        (asked, there, granted, edit, hasSet) => {
          const wanted = asked.map((place) => {
            const [object, name = ""] = place.split(".");
            return field(name, { on: object === "Contact" ? "contact" : "deal" });
          });
          const fieldGrants = new Map(
            (hasSet ? granted : []).map((place) => [place, { id: place, edit }]),
          );
          const before = {
            ...nothing,
            fields: new Set(there),
            fieldGrants,
            hasPermissionSet: hasSet,
          };
          const after = {
            ...before,
            fields: new Set(there),
            fieldGrants: new Map(fieldGrants),
            objectGrants: new Map<string, { id: string; read: boolean; edit: boolean }>(),
          };
          for (const step of planSalesforce(wanted, before).steps) {
            if (step.kind === "field") after.fields.add(step.body.FullName);
            if (step.kind === "permission-set") after.hasPermissionSet = true;
            if (step.kind === "object-access") {
              after.objectGrants.set(step.object, { id: "110", read: true, edit: step.edit });
            }
            if (step.kind === "field-access") {
              after.fieldGrants.set(step.field, { id: "01k", edit: true });
            }
            if (step.kind === "assignment") after.isAssigned = true;
          }
          expect(planSalesforce(wanted, after).steps).toEqual([]);
        },
      ),
    );
  });
});
