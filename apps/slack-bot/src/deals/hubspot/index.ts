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
    const recordId = dealIn(pathname);
    return recordId === null ? { kind: "other-record" } : { kind: "deal", recordId };
  },
  readId(text): NamedDeal | null {
    return isId(text) ? { kind: "deal", recordId: text } : null;
  },
};

function isId(text: string): boolean {
  return /^[1-9]\d{0,19}$/.test(text);
}

/** `0-3` is the type of deals; what may stand behind the id is a tab of the page. */
function dealIn(pathname: string): string | null {
  const [, area, account = "", kind, first = "", second = ""] = pathname.split("/");
  if (area !== "contacts" || !/^\d+$/.test(account)) return null;
  const id = kind === "deal" ? first : kind === "record" && first === "0-3" ? second : "";
  return isId(id) ? id : null;
}
