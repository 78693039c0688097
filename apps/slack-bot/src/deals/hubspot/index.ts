import type { DealNames, NamedDeal } from "../deal-names.ts";

/** Ids are numbers. HubSpot serves accounts from `app.hubspot.com` and, by region, `app-eu1.hubspot.com` and others. */
export const hubspotDeals: DealNames = {
  crm: "hubspot",
  title: "HubSpot",
  examples: {
    id: "1234567890",
    url: "https://app.hubspot.com/contacts/1234/record/0-3/1234567890",
  },
  domain: "hubspot.com",
  readUrl({ hostname, pathname }) {
    if (!/^app(-[a-z0-9]+)?\.hubspot\.com$/.test(hostname)) return null;
    const [, recordId] = dealPath.exec(pathname) ?? [];
    return recordId === undefined ? { kind: "other-record" } : { kind: "deal", recordId };
  },
  readId(text): NamedDeal | null {
    return /^[1-9]\d{0,19}$/.test(text) ? { kind: "deal", recordId: text } : null;
  },
};

/** `0-3` is the type of deals; what may stand behind the id is a tab of the page. */
const dealPath = /^\/contacts\/\d+\/(?:record\/0-3|deal)\/([1-9]\d{0,19})(?:\/|$)/;
