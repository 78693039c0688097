import { findRecord } from "../../find-record.ts";
import type { RecordKind } from "../../mapping/mapping.ts";
import type { DealValues, Fields } from "../crm.ts";
import type { Write } from "../gather-deals.ts";

/** Salesforce's names for what countersign.yaml calls deal, account and contact. */
export const objects: Record<RecordKind, string> = {
  deal: "Opportunity",
  account: "Account",
  contact: "Contact",
};

/** Several of them, for people. */
export const plurals: Record<RecordKind, string> = {
  deal: "Opportunities",
  account: "Accounts",
  contact: "Contacts",
};

export function toFields({ stage, fields }: DealValues): Fields {
  return { ...fields, ...(stage === null ? {} : { StageName: stage }) };
}

/**
 * Lets the write pass only while the record is as it was read; 412 otherwise. Whole seconds: a change within
 * the same second passes (developer.salesforce.com, REST API, "Conditional Request Headers").
 */
export function onlyIfUnchanged({ deal, target }: Write): Record<string, string> {
  const { changedAt = "" } = findRecord(deal, target) ?? {};
  const instant = new Date(changedAt.replace(/\+0000$/, "Z"));
  return { "If-Unmodified-Since": instant.toUTCString() };
}
