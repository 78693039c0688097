import type { RecordKind } from "../../mapping/mapping.ts";
import type { Fault } from "../fault.ts";
import { nameFault } from "../setup.ts";
import { kindsOf, type WantedField } from "../wanted-fields.ts";
import { objects, plurals } from "./write-deal.ts";

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
    externalId?: boolean;
    defaultValue?: boolean;
    description: string;
  };
};

/** A grant that the permission set has, though not all of it, is changed: `grantId` names it. */
export type SalesforceStep = { says: string } & (
  | { kind: "field"; body: CustomField }
  | { kind: "permission-set" }
  | { kind: "object-access"; object: string; edit: boolean; grantId: string | null }
  | { kind: "field-access"; object: string; field: string; grantId: string | null }
  | { kind: "assignment" }
);

/** What the org has already. Fields by their full names, such as `Opportunity.Contract_Status__c`. */
export type SalesforcePresent = {
  fields: ReadonlySet<string>;
  /** Seen and written by everybody: nobody can be granted them (object reference, FieldPermissions). */
  requiredFields: ReadonlySet<string>;
  hasPermissionSet: boolean;
  /** What the permission set grants, by object. */
  objectGrants: ReadonlyMap<string, { id: string; read: boolean; edit: boolean }>;
  /** The same by field. */
  fieldGrants: ReadonlyMap<string, { id: string; edit: boolean }>;
  isAssigned: boolean;
};

/** Which fields, permission set, grants and assignment are to be made, in order. Fields that are there stay as they are. */
export function planSetup(
  wanted: readonly WantedField[],
  present: SalesforcePresent,
): { steps: SalesforceStep[]; faults: Fault[] } {
  const custom = wanted.filter(({ name }) => name.endsWith("__c"));
  const missing = custom.filter((field) => !present.fields.has(fullName(field)));
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
    ...accessTo(wanted).map((access) => grantObject(access, present)),
    ...standing.map((field) => grantField(field, present)),
    present.isAssigned
      ? null
      : { kind: "assignment", says: "assign it to the user that Countersign signs in as" },
  ];
  return {
    steps: steps.filter((step) => step !== null),
    faults: bad.map((field) => nameFault(field, "field", "such as Contract_Status__c")),
  };
}

function fullName({ on, name }: Pick<WantedField, "on" | "name">): string {
  return `${objects[on]}.${name}`;
}

type Access = { kind: RecordKind; edit: boolean };

/**
 * Which records are read and which edited. Accounts come first: in a permission set, reading Opportunities and
 * Contacts depends on reading Accounts, and Salesforce adds that to no set by itself
 * (FIELD_INTEGRITY_EXCEPTION, "depends on permission(s): Read Account").
 */
function accessTo(wanted: readonly WantedField[]): Access[] {
  const written = kindsOf(wanted);
  const others = written.filter((kind) => kind !== "account");
  return [
    { kind: "account", edit: written.includes("account") },
    ...others.map((kind) => ({ kind, edit: true })),
  ];
}

function grantObject(
  { kind, edit }: Access,
  { objectGrants }: SalesforcePresent,
): SalesforceStep | null {
  const object = objects[kind];
  const grant = objectGrants.get(object);
  if (grant?.read === true && (grant.edit || !edit)) return null;
  const says = `let it read ${edit ? "and edit " : ""}${plurals[kind]}`;
  return { kind: "object-access", object, edit, grantId: grant?.id ?? null, says };
}

function grantField(
  field: WantedField,
  { fieldGrants, requiredFields }: SalesforcePresent,
): SalesforceStep | null {
  const name = fullName(field);
  const grant = fieldGrants.get(name);
  if (grant?.edit === true || requiredFields.has(name)) return null;
  const says = `let it read and edit ${name}`;
  const object = objects[field.on];
  return { kind: "field-access", object, field: name, grantId: grant?.id ?? null, says };
}

function makeField(field: WantedField): SalesforceStep {
  const { label, holds, key, place } = field;
  const FullName = fullName(field);
  const description = "Kept by Countersign";
  const Metadata = { label, description, ...types[holds], ...(key && { externalId: true }) };
  const as = key ? `${types[holds].type}, external id` : types[holds].type;
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
