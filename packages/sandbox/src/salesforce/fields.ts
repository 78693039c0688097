type FieldType =
  | "id"
  | "string"
  | "textarea"
  | "url"
  | "picklist"
  | "currency"
  | "percent"
  | "date"
  | "datetime"
  | "boolean"
  | "reference"
  | "int";

export type FieldDefinition = {
  name: string;
  label: string;
  type: FieldType;
  /** In characters; 0 where the type has none. */
  length: number;
  createable: boolean;
  updateable: boolean;
  nillable: boolean;
  externalId: boolean;
  unique: boolean;
  /** The only values of a picklist; the stages', where there are none. */
  options?: readonly string[];
};

/** Opportunity's fields that the apps can meet; lengths from the org-generated description (Name 120, NextStep 255). */
export const opportunityFields: readonly FieldDefinition[] = [
  system("Id", "Opportunity ID", "id"),
  system("IsDeleted", "Deleted", "boolean"),
  field("AccountId", "Account ID", "reference"),
  { ...field("Name", "Name", "string", 120), nillable: false },
  field("Description", "Description", "textarea", 32_000),
  { ...field("StageName", "Stage", "picklist", 255), nillable: false },
  field("Amount", "Amount", "currency"),
  field("Probability", "Probability (%)", "percent"),
  system("ExpectedRevenue", "Expected Amount", "currency"),
  { ...field("CloseDate", "Close Date", "date"), nillable: false },
  field("Type", "Opportunity Type", "string", 255),
  field("NextStep", "Next Step", "string", 255),
  field("LeadSource", "Lead Source", "string", 255),
  system("IsClosed", "Closed", "boolean"),
  system("IsWon", "Won", "boolean"),
  system("ForecastCategory", "Forecast Category", "string"),
  system("ForecastCategoryName", "Forecast Category Name", "string"),
  field("OwnerId", "Owner ID", "reference"),
  system("CreatedDate", "Created Date", "datetime"),
  system("LastModifiedDate", "Last Modified Date", "datetime"),
  system("SystemModstamp", "System Modstamp", "datetime"),
  system("LastStageChangeDate", "Last Stage Change Date", "datetime"),
  field("Contract_Status__c", "Contract Status", "string", 80),
  field("Contract_Signed_Date__c", "Contract Signed Date", "date"),
  field("Contract_Signed_At__c", "Contract Signed At", "datetime"),
  field("Contract_URL__c", "Contract URL", "url", 255),
  field("Contract_Title__c", "Contract Title", "string", 80),
  field("Contract_Amount__c", "Contract Amount", "currency"),
  { ...field("Contract_Id__c", "Contract ID", "string", 80), externalId: true, unique: true },
  { ...field("OrderNumber__c", "Order Number", "string", 8), externalId: true },
  {
    ...field("Countersign_Contract_Id__c", "Countersign contract id", "string", 255),
    externalId: true,
  },
  field("Countersign_Status__c", "Countersign status", "string", 255),
  field("acme__Deal_Contract__c", "Contract of a managed package", "string", 80),
];

/** Read-only objects that a query can ask for. */
export const stageFields = readOnly("ApiName MasterLabel ForecastCategory ForecastCategoryName", {
  IsActive: "boolean",
  SortOrder: "int",
  IsClosed: "boolean",
  IsWon: "boolean",
  DefaultProbability: "percent",
});
export const userFields = readOnly("Name FirstName LastName Email Username", {
  IsActive: "boolean",
});
const accountFields = [
  ...readOnly("Name Website", {}),
  system("LastModifiedDate", "Last Modified Date", "datetime"),
  field("Last_Contract__c", "Last Contract", "string", 80),
  field("AnnualRevenue", "Annual Revenue", "currency"),
  { ...field("Standing__c", "Standing", "picklist", 255), options: ["sent", "completed"] },
];
const contactFields = [
  ...readOnly("FirstName LastName Email", {}),
  system("LastModifiedDate", "Last Modified Date", "datetime"),
  field("Last_Signed_Title__c", "Last Signed Title", "string", 80),
  field("Birthdate", "Birthdate", "date"),
];
/** The fields of the objects whose fields can be made and granted. */
export function seedFields() {
  return {
    Opportunity: opportunityFields.map((one) => ({ ...one })),
    Account: accountFields.map((one) => ({ ...one })),
    Contact: contactFields.map((one) => ({ ...one })),
  };
}

export const roleFields = readOnly("OpportunityId ContactId", { IsPrimary: "boolean" });

function field(name: string, label: string, type: FieldType, length = 0): FieldDefinition {
  return {
    name,
    label,
    type,
    length,
    createable: true,
    updateable: true,
    nillable: true,
    externalId: false,
    unique: false,
  };
}

function system(name: string, label: string, type: FieldType): FieldDefinition {
  return { ...field(name, label, type), createable: false, updateable: false };
}

function readOnly(texts: string, others: Record<string, FieldType>): readonly FieldDefinition[] {
  return [
    system("Id", "ID", "id"),
    ...texts.split(" ").map((name) => system(name, name, "string")),
    ...Object.entries(others).map(([name, type]) => system(name, name, type)),
  ];
}
