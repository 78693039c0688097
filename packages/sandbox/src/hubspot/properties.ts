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

export type PropertyGroup = {
  name: string;
  label: string;
  displayOrder: number;
  archived: boolean;
};

export const seedGroups: readonly PropertyGroup[] = [
  { name: "dealinformation", label: "Deal information", displayOrder: 0, archived: false },
  { name: "contract", label: "Contract", displayOrder: 1, archived: false },
];

/** HubSpot's own deal properties that the apps can meet, and the three custom ones for contracts. */
export const seedProperties: readonly PropertyDefinition[] = [
  own("dealname", "Deal Name", "string", "text"),
  own("amount", "Amount", "number", "number"),
  own("deal_currency_code", "Currency", "string", "text"),
  own("pipeline", "Pipeline", "enumeration", "select"),
  own("dealstage", "Deal Stage", "enumeration", "radio"),
  own("closedate", "Close Date", "datetime", "date"),
  own("hubspot_owner_id", "Deal owner", "enumeration", "select"),
  readOnly("hs_primary_associated_company", "Primary Associated Company", "number", "number"),
  own("description", "Deal Description", "string", "textarea"),
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
];

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
