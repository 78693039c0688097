import type { DealValues } from "../crm.ts";

/**
 * The body of the update: every value is text, and an empty one empties the property. A stage belongs to the
 * deal's pipeline, which stays, so it goes alone.
 */
export function toProperties({ stage, fields }: DealValues): Record<string, string> {
  const texts = Object.entries(fields).map(([name, value]) => [name, String(value ?? "")]);
  return { ...Object.fromEntries(texts), ...(stage === null ? {} : { dealstage: stage }) };
}
