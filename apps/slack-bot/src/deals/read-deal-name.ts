import { dealNames } from "./index.ts";
import type { DealNames, NamedDeal } from "./deal-names.ts";

/** Which deal a text names, and of which CRM. */
export type ReadDealName =
  | { kind: "deal"; crm: string; recordId: string }
  | { kind: "other-record" | "mistyped"; crm: string }
  /** An id or address of a CRM that is not configured. */
  | { kind: "not-connected"; crm: string }
  | { kind: "unknown" };

/** Reads an id of a deal, or the address of its page. `connected` are the configured CRMs. */
export function readDealName(text: string, connected: readonly string[]): ReadDealName {
  const typed = text.trim();
  const isAddress = typed.includes("/");
  const url = isAddress ? URL.parse(typed.includes("://") ? typed : `https://${typed}`) : null;
  for (const names of dealNames) {
    const named = isAddress ? readUrl(names, url) : names.readId(typed);
    if (named === null) continue;
    const { crm } = names;
    if (!connected.includes(crm)) return { kind: "not-connected", crm };
    return named.kind === "deal" ? { ...named, crm } : { kind: named.kind, crm };
  }
  return { kind: "unknown" };
}

function readUrl(names: DealNames, url: URL | null): NamedDeal | null {
  return url === null || !/^https?:$/.test(url.protocol) ? null : names.readUrl(url);
}

/** A configured CRM by its id or name, in any case; null where it is none. */
export function crmNamed(word: string, connected: readonly string[]): string | null {
  const asked = word.toLowerCase();
  const known = dealNames.find(({ crm, title }) => crm === asked || title.toLowerCase() === asked);
  return known !== undefined && connected.includes(known.crm) ? known.crm : null;
}

/** The name people know a CRM by. */
export function crmTitle(crm: string): string {
  return dealNames.find((known) => known.crm === crm)?.title ?? crm;
}

/** An id and an address of a deal in each of these CRMs. */
export function dealExamples(connected: readonly string[]): DealNames["examples"][] {
  return dealNames.filter(({ crm }) => connected.includes(crm)).map(({ examples }) => examples);
}
