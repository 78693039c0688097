import type { Deal, RelatedRecord, Target } from "./crms/crm.ts";

/** The record that is meant: the deal, or what it belongs to; null where it belongs to no such. */
export function findRecord(deal: Deal, { on, recordId }: Target): RelatedRecord | null {
  switch (on) {
    case "deal":
      return deal.recordId === recordId ? deal : null;
    case "account":
      return deal.account?.recordId === recordId ? deal.account : null;
    case "contact":
      return deal.contacts.find((contact) => contact.recordId === recordId) ?? null;
  }
}
