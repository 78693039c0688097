import type { z } from "zod";
import type { DealAnswer } from "./schema.ts";

/**
 * The id of a deal's primary company: HubSpot sets this default property, as it sets a contact's
 * `associatedcompanyid` (both are read so by public integrations; the guides do not list them).
 */
export function companyIdOf({ properties }: z.infer<typeof DealAnswer>): string | null {
  return properties["hs_primary_associated_company"] || null;
}

/** HubSpot shows an empty property as null or as no text. */
export function readFields(
  properties: Record<string, string | null>,
  names: readonly string[],
): Record<string, string | null> {
  return Object.fromEntries(names.map((name) => [name, properties[name] || null]));
}
