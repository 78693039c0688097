import { contractStatuses } from "@countersign/core";

type PropertyType = "string" | "number" | "date" | "datetime" | "enumeration" | "bool";

export type PropertyDefinition = {
  name: string;
  label: string;
  type: PropertyType;
  fieldType: string;
  groupName: string;
  description: string;
  hasUniqueValue: boolean;
  readOnly: boolean;
  hubspotDefined: boolean;
  options: { label: string; value: string; displayOrder: number; hidden: boolean }[];
};

type PropertyGroup = {
  name: string;
  label: string;
  displayOrder: number;
  archived: boolean;
};

/** What an object's records hold. */
export type Schema = {
  properties: Map<string, PropertyDefinition>;
  groups: Map<string, PropertyGroup>;
};

/** The kinds of records whose properties can be made. */
export type SchemaKind = "deal" | "account" | "contact";

export function seedSchemas(): Record<SchemaKind, Schema> {
  return {
    deal: schema(dealProperties, { dealinformation: "Deal information", contract: "Contract" }),
    account: schema(companyProperties, { companyinformation: "Company information" }),
    contact: schema(contactProperties, { contactinformation: "Contact information" }),
  };
}

function schema(
  properties: readonly PropertyDefinition[],
  groups: Readonly<Record<string, string>>,
): Schema {
  return {
    properties: new Map(properties.map((property) => [property.name, property])),
    groups: new Map(
      Object.entries(groups).map(([name, label], displayOrder) => [
        name,
        { name, label, displayOrder, archived: false },
      ]),
    ),
  };
}

/** HubSpot's own deal properties that the apps can meet, and the custom ones for contracts. */
const dealProperties: readonly PropertyDefinition[] = [
  own("dealname", "Deal Name", "string", "text"),
  own("amount", "Amount", "number", "number"),
  own("deal_currency_code", "Currency", "string", "text"),
  own("pipeline", "Pipeline", "enumeration", "select"),
  own("dealstage", "Deal Stage", "enumeration", "radio"),
  own("closedate", "Close Date", "datetime", "date"),
  own("hubspot_owner_id", "Deal owner", "enumeration", "select"),
  readOnly("hs_primary_associated_company", "Primary Associated Company", "number", "number"),
  own("description", "Deal Description", "string", "textarea"),
  readOnly("hs_merged_object_ids", "Merged Deal IDs", "enumeration", "checkbox"),
  readOnly("hs_object_id", "Record ID", "number", "number"),
  readOnly("createdate", "Create Date", "datetime", "date"),
  readOnly("hs_lastmodifieddate", "Last Modified Date", "datetime", "date"),
  readOnly("hs_is_closed", "Is Deal Closed?", "bool", "booleancheckbox"),
  readOnly("hs_is_closed_won", "Is Closed Won", "bool", "booleancheckbox"),
  readOnly("hs_primary_associated_company", "Primary Associated Company", "number", "number"),
  custom("contract_status", "Contract status", "string", "text"),
  custom("contract_signed_date", "Contract signed date", "date", "date"),
  custom("contract_url", "Contract URL", "string", "text"),
  custom("contract_title", "Contract title", "string", "text"),
  custom("contract_amount", "Contract amount", "number", "number"),
  custom("countersign_contract_id", "Countersign contract id", "string", "text"),
  {
    ...custom("countersign_status", "Countersign status", "enumeration", "select"),
    options: optionsOf(contractStatuses),
  },
];

const companyProperties: readonly PropertyDefinition[] = [
  ...texts("companyinformation", ["name", "domain", "last_contract"]),
  {
    ...definition({
      name: "standing",
      label: "Standing",
      type: "enumeration",
      fieldType: "select",
      groupName: "companyinformation",
    }),
    options: optionsOf(["sent", "completed"]),
  },
  readOnly("hs_lastmodifieddate", "Last Modified Date", "datetime", "date"),
];

const contactProperties: readonly PropertyDefinition[] = [
  ...texts("contactinformation", ["email", "firstname", "lastname", "last_signed_title"]),
  definition({
    name: "date_of_birth",
    label: "Date of birth",
    type: "date",
    fieldType: "date",
    groupName: "contactinformation",
  }),
];

function optionsOf(values: readonly string[]): PropertyDefinition["options"] {
  return values.map((value, displayOrder) => ({
    label: value,
    value,
    displayOrder,
    hidden: false,
  }));
}

function texts(groupName: string, names: readonly string[]): PropertyDefinition[] {
  const text = { type: "string", fieldType: "text", groupName } as const;
  return names.map((name) => definition({ name, label: name, ...text }));
}

function own(name: string, label: string, type: PropertyType, fieldType: string) {
  return definition({
    name,
    label,
    type,
    fieldType,
    groupName: "dealinformation",
    hubspotDefined: true,
  });
}

function readOnly(name: string, label: string, type: PropertyType, fieldType: string) {
  return { ...own(name, label, type, fieldType), readOnly: true };
}

function custom(name: string, label: string, type: PropertyType, fieldType: string) {
  return definition({ name, label, type, fieldType, groupName: "contract" });
}

export function definition(
  given: Pick<PropertyDefinition, "name" | "label" | "type" | "fieldType" | "groupName"> &
    Partial<PropertyDefinition>,
): PropertyDefinition {
  return {
    description: "",
    hasUniqueValue: false,
    readOnly: false,
    hubspotDefined: false,
    options: [],
    ...given,
  };
}

/** In the shape of `GET /crm/v3/properties/deals` (specs/hubspot, Properties_Property). */
export function describeProperty({ readOnly, ...property }: PropertyDefinition) {
  return {
    ...property,
    archived: false,
    hidden: false,
    displayOrder: -1,
    calculated: false,
    externalOptions: false,
    formField: !readOnly,
    modificationMetadata: {
      readOnlyValue: readOnly,
      readOnlyDefinition: property.hubspotDefined,
      archivable: !property.hubspotDefined,
    },
  };
}
