import type { Deal, DealValues } from "../crm.ts";

export function toFields({ stage, fields }: DealValues): Record<string, string> {
  return { ...fields, ...(stage === null ? {} : { StageName: stage }) };
}

/**
 * Lets the write pass only while the record is as it was read; 412 otherwise. Whole seconds: a change within
 * the same second passes (developer.salesforce.com, REST API, "Conditional Request Headers").
 */
export function onlyIfUnchanged({ changedAt }: Deal): Record<string, string> {
  const instant = new Date(changedAt.replace(/\+0000$/, "Z"));
  return { "If-Unmodified-Since": instant.toUTCString() };
}
