import { mayEditOpportunities, visibleFields } from "./access.ts";
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

/** In the shape of `GET /sobjects/Opportunity/describe` (specs/salesforce, DescribeSObjectResult). */
export function describeOpportunity({ access }: SalesforceState) {
  return {
    name: "Opportunity",
    label: "Opportunity",
    labelPlural: "Opportunities",
    keyPrefix: "006",
    custom: false,
    createable: true,
    updateable: mayEditOpportunities(access),
    deletable: true,
    queryable: true,
    retrieveable: true,
    fields: visibleFields(access).map(describeField),
  };
}

function describeField(field: FieldDefinition) {
  const isPicklist = field.type === "picklist";
  const values = stages.map(({ name }) => ({
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
