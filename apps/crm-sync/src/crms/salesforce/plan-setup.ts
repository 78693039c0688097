import type { WantedField } from "../check-fields.ts";
import type { Fault } from "../fault.ts";
import { nameFault } from "../setup.ts";

/** The permission set that lets the integration user see and write what Countersign keeps. */
export const permissionSet = { Name: "Countersign", Label: "Countersign" };

type CustomField = {
  FullName: string;
  Metadata: {
    label: string;
    type: string;
    length?: number;
    precision?: number;
    scale?: number;
    unique?: boolean;
    externalId?: boolean;
    caseSensitive?: boolean;
    defaultValue?: boolean;
    description: string;
  };
};

export type SalesforceStep = { says: string } & (
  | { kind: "field"; body: CustomField }
  | { kind: "permission-set" }
  | { kind: "object-access" }
  | { kind: "field-access"; field: string }
  | { kind: "assignment" }
);

/** What the org has already: custom fields of Opportunity by name, and what the permission set grants. */
export type SalesforcePresent = {
  fields: ReadonlySet<string>;
  hasPermissionSet: boolean;
  grantsOpportunities: boolean;
  /** Fields that it lets be edited, by name. */
  grantedFields: ReadonlySet<string>;
  isAssigned: boolean;
};

/** Which fields, permission set, grants and assignment are to be made, in order. Fields that are there stay as they are. */
export function planSetup(
  wanted: readonly WantedField[],
  present: SalesforcePresent,
): { steps: SalesforceStep[]; faults: Fault[] } {
  const custom = wanted.filter(({ name }) => name.endsWith("__c"));
  const missing = wanted.filter((field) => isMissing(field, present));
  const makeable = missing.filter(({ name }) =>
    /^[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*__c$/.test(name),
  );
  const bad = missing.filter((field) => !makeable.includes(field));
  const standing = custom.filter((field) => !bad.includes(field));
  const steps: (SalesforceStep | null)[] = [
    ...makeable.map(makeField),
    present.hasPermissionSet
      ? null
      : { kind: "permission-set", says: `create the permission set "${permissionSet.Label}"` },
    present.grantsOpportunities
      ? null
      : { kind: "object-access", says: "let it read and edit Opportunities" },
    ...standing
      .filter(({ name }) => !present.grantedFields.has(name))
      .map(({ name }) => ({
        kind: "field-access" as const,
        field: name,
        says: `let it read and edit Opportunity.${name}`,
      })),
    present.isAssigned
      ? null
      : { kind: "assignment", says: "assign it to the user that Countersign signs in as" },
  ];
  return {
    steps: steps.filter((step) => step !== null),
    faults: bad.map((field) => nameFault(field, "field", "such as Contract_Status__c")),
  };
}

/** Standard fields are never made; whether one is there the check says. */
function isMissing({ name }: WantedField, { fields }: SalesforcePresent): boolean {
  return name.endsWith("__c") && !fields.has(name);
}

function makeField(field: WantedField): SalesforceStep {
  const { name, label, holds, unique, place } = field;
  const FullName = `Opportunity.${name}`;
  const description = "Kept by Countersign";
  const key = { unique: true, externalId: true, caseSensitive: true };
  const Metadata = { label, description, ...types[holds], ...(unique ? key : {}) };
  const as = unique ? `${types[holds].type}, external id` : types[holds].type;
  return {
    kind: "field",
    body: { FullName, Metadata },
    says: `create the field ${FullName} ("${label}", ${as}) for ${place}`,
  };
}

/** developer.salesforce.com, Metadata API, "CustomField". */
const types = {
  text: { type: "Text", length: 255 },
  url: { type: "Url" },
  date: { type: "Date" },
  "date-time": { type: "DateTime" },
  number: { type: "Number", precision: 18, scale: 2 },
  "yes-or-no": { type: "Checkbox", defaultValue: false },
} as const;
