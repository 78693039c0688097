import { quoteLimits } from "../blocks/limits.ts";
import { quote } from "../blocks/text.ts";
import type { DealFacts } from "../contracts/facts.ts";

const crms = new Map([
  ["hubspot", { record: "HubSpot deal", open: "Open HubSpot deal" }],
  ["salesforce", { record: "Salesforce opportunity", open: "Open Salesforce deal" }],
]);

/** What a CRM calls its record of a contract. */
export function recordWords(crm: string): string {
  return crms.get(crm)?.record ?? "Deal";
}

export function openDealWords(crm: string): string {
  return crms.get(crm)?.open ?? `Open deal in ${quote(crm, quoteLimits.crm)}`;
}

/** Its name, or its id where the name is not known, and its stage. */
export function dealWords({ name, recordId, stage }: DealFacts): string {
  const called = quote(name ?? "", quoteLimits.field) || quote(recordId, quoteLimits.field);
  const standing = quote(stage ?? "", quoteLimits.crm);
  return standing === "" ? called : `${called} · ${standing}`;
}
