import type { RecordKind } from "../../mapping/mapping.ts";
import type { Fault } from "../fault.ts";
import { nameFault } from "../setup.ts";
import type { WantedField } from "../wanted-fields.ts";
import { objectNames, objectTypes } from "./paths.ts";

/** Where Countersign's properties stand in HubSpot's settings. */
const group = { name: "countersign", label: "Countersign" };

type Property = {
  name: string;
  label: string;
  groupName: string;
  type: string;
  fieldType: string;
  description: string;
  options: { label: string; value: string; displayOrder: number; hidden: boolean }[];
};

export type HubspotStep = { on: RecordKind; says: string } & (
  | { kind: "group"; body: typeof group }
  | { kind: "property"; body: Property }
);

/** What the account has already of one kind of record. */
export type HubspotPresent = { groups: ReadonlySet<string>; properties: ReadonlySet<string> };

/**
 * Which property group and properties are to be made for one kind of record, in order. Properties that are
 * there are left as they are.
 */
export function planSetup(
  on: RecordKind,
  wanted: readonly WantedField[],
  present: HubspotPresent,
): { steps: HubspotStep[]; faults: Fault[] } {
  const missing = wanted.filter((field) => field.on === on && !present.properties.has(field.name));
  const makeable = missing.filter(({ name }) => /^[a-z][a-z0-9_]{0,99}$/.test(name));
  const faults = missing
    .filter((field) => !makeable.includes(field))
    .map((field) =>
      nameFault(field, "property", "small letters, digits and _, such as contract_status"),
    );
  const properties = makeable.map(toStep);
  const needsGroup = properties.length > 0 && !present.groups.has(group.name);
  const says = `create the property group "${group.label}" for ${objectTypes[on]}`;
  const first = { on, kind: "group", body: group, says } as const;
  return { steps: [...(needsGroup ? [first] : []), ...properties], faults };
}

function toStep(field: WantedField): HubspotStep {
  const body = toProperty(field);
  const holds = field.values.length > 0 ? "a choice" : kinds[field.holds].says;
  const says = `create the ${objectNames[field.on]} property ${body.name} ("${body.label}", ${holds}) for ${field.place}`;
  return { on: field.on, kind: "property", body, says };
}

/** A property's type and form (developers.hubspot.com, CRM properties). What has a list of values becomes a choice. */
function toProperty({ name, label, holds, values }: WantedField): Property {
  const isChoice = values.length > 0;
  const { type, fieldType } = isChoice
    ? { type: "enumeration", fieldType: "select" }
    : kinds[holds];
  return {
    name,
    label,
    groupName: group.name,
    type,
    fieldType,
    description: "Kept by Countersign",
    options: (holds === "yes-or-no" ? ["true", "false"] : values).map((value, displayOrder) => ({
      label: toLabel(value),
      value,
      displayOrder,
      hidden: false,
    })),
  };
}

const kinds = {
  text: { type: "string", fieldType: "text", says: "text" },
  url: { type: "string", fieldType: "text", says: "a link" },
  date: { type: "date", fieldType: "date", says: "a date" },
  "date-time": { type: "datetime", fieldType: "date", says: "a date and time" },
  number: { type: "number", fieldType: "number", says: "a number" },
  "yes-or-no": { type: "bool", fieldType: "booleancheckbox", says: "a yes or no" },
} as const;

/** `Partially signed` of `partially_signed`. */
function toLabel(value: string): string {
  const words = value.replaceAll("_", " ");
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}
