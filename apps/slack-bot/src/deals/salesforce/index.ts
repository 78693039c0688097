import type { DealNames, NamedDeal } from "../deal-names.ts";
import { readRecordId } from "./record-id.ts";

/** Deals are opportunities here. A My Domain serves pages from `lightning.force.com` and `my.salesforce.com`. */
export const salesforceDeals: DealNames = {
  crm: "salesforce",
  title: "Salesforce",
  examples: {
    id: "006Hs00001AbCdEIAV",
    url: "https://northgate.lightning.force.com/lightning/r/Opportunity/006Hs00001AbCdEIAV/view",
  },
  domain: "lightning.force.com",
  readUrl({ hostname, pathname }) {
    if (!/\.(lightning\.force|salesforce)\.com$/.test(hostname)) return null;
    const [, id] = recordPath.exec(pathname) ?? [];
    return id === undefined ? { kind: "other-record" } : (named(id) ?? { kind: "other-record" });
  },
  readId: named,
};

/** Lightning's page, with or without the object's name, and the short form that leads to it. */
const recordPath = /^\/(?:lightning\/r\/(?:Opportunity\/)?)?([A-Za-z0-9]{14,19})(?:\/view)?\/?$/;

function named(text: string): NamedDeal | null {
  const read = readRecordId(text);
  return read?.kind === "opportunity" ? { kind: "deal", recordId: read.id } : read;
}
