import type { z } from "zod";
import type { RecordKind } from "../../mapping/mapping.ts";
import type { Calls } from "../calls.ts";
import type { FieldWords, KnownField } from "../check-fields.ts";
import type { HubspotClient } from "./client.ts";
import { objectNames, objectTypes, paths } from "./paths.ts";
import { PropertiesAnswer } from "./schema.ts";

/** All properties of a kind of record as HubSpot describes them. Needs the scope crm.schemas.<object>.read. */
export async function readKnownFields(
  client: HubspotClient,
  call: Calls,
  kind: RecordKind,
): Promise<KnownField[]> {
  const { results } = await call("read-properties", () =>
    client.get(paths.properties(objectTypes[kind]), PropertiesAnswer),
  );
  return results.map(toKnownField);
}

export const words: FieldWords = {
  noun: "property",
  readsWithoutMissing: true,
  timesTakeDates: true,
  missing: (on, name) =>
    `Create the ${objectNames[on]} property ${name} (countersign setup hubspot), or correct its name.`,
  readOnly: (_on, name) => `HubSpot sets ${name} itself: name another property.`,
};

type Property = z.infer<typeof PropertiesAnswer>["results"][number];

function toKnownField(property: Property): KnownField {
  const kind = kindOf(property);
  return {
    name: property.name,
    kind,
    options: kind === "choice" ? property.options.map(({ value }) => value) : null,
    length: null,
    writable: !property.calculated && property.modificationMetadata?.readOnlyValue !== true,
  };
}

function kindOf({ type }: Property): KnownField["kind"] {
  switch (type) {
    case "string":
      return "text";
    case "number":
      return "number";
    case "date":
      return "date";
    case "datetime":
      return "date-time";
    case "bool":
      return "yes-or-no";
    case "enumeration":
      return "choice";
    default:
      return "other";
  }
}
