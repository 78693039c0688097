import { mayUse, visibleFields, type ObjectName } from "./access.ts";
import type { Answer } from "../crm-calls.ts";
import { noResource, refused } from "./answers.ts";
import type { FieldDefinition } from "./fields.ts";
import type { SalesforceState } from "./state.ts";
import { stages } from "./stages.ts";

const soapTypes: Partial<Record<FieldDefinition["type"], string>> = {
  id: "tns:ID",
  reference: "tns:ID",
  boolean: "xsd:boolean",
  date: "xsd:date",
  datetime: "xsd:dateTime",
  int: "xsd:int",
  currency: "xsd:double",
  percent: "xsd:double",
};

const labels = {
  Opportunity: { labelPlural: "Opportunities", keyPrefix: "006" },
  Account: { labelPlural: "Accounts", keyPrefix: "001" },
  Contact: { labelPlural: "Contacts", keyPrefix: "003" },
};

/** `GET /sobjects/<object>/describe` (specs/salesforce, DescribeSObjectResult). What may not be read is not there. */
export function describeObject(object: ObjectName) {
  return ({ state: { access } }: { state: Pick<SalesforceState, "access"> }): Answer => {
    if (!mayUse(access, object, "read")) return refused(noResource());
    const body = {
      name: object,
      label: object,
      ...labels[object],
      custom: false,
      createable: true,
      updateable: mayUse(access, object, "edit"),
      deletable: true,
      queryable: true,
      retrieveable: true,
      fields: visibleFields(access, object).map(describeField),
    };
    return { status: 200, body };
  };
}

function describeField({ options, ...field }: FieldDefinition) {
  const isPicklist = field.type === "picklist";
  const values = (options ?? stages.map(({ name }) => name)).map((name) => ({
    label: name,
    value: name,
    active: true,
    defaultValue: false,
  }));
  return {
    ...field,
    soapType: soapTypes[field.type] ?? "xsd:string",
    byteLength: field.length * 3,
    custom: field.name.endsWith("__c"),
    nameField: field.name === "Name",
    filterable: true,
    restrictedPicklist: isPicklist,
    picklistValues: isPicklist ? values : [],
    referenceTo: referenceTo(field.name),
    calculated: false,
    defaultedOnCreate: false,
  };
}

function referenceTo(name: string): string[] {
  if (name === "AccountId") return ["Account"];
  return name === "OwnerId" ? ["User"] : [];
}
