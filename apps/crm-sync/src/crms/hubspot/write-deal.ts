import type { DealValues } from "../crm.ts";

/** The body of the update. A stage belongs to the deal's pipeline, which stays, so it goes alone. */
export function toProperties({ stage, fields }: DealValues): Record<string, string> {
  return { ...fields, ...(stage === null ? {} : { dealstage: stage }) };
}
