import type { ReportedFact } from "@countersign/core";
import type { ContractFacts, DealFacts } from "../../contracts/facts.ts";
import { contractOf, described, eventsOf } from "../../testing/contracts.ts";
import { parseTerms } from "../parse.ts";
import type { Past } from "../preview.ts";
import type { Terms } from "../terms.ts";

/** What is typed, read by Dana in Berlin. */
export function termsOf(typed: string): Terms {
  const parsed = parseTerms(typed, { userId: "U1", timezone: "Europe/Berlin" });
  if (parsed.kind === "faults") throw new Error(JSON.stringify(parsed.faults));
  return parsed.terms;
}

export type Given = {
  about?: Parameters<typeof described>[0];
  owner?: ContractFacts["owner"];
  deals?: Partial<DealFacts>[];
};

/** A contract of DocuSign with what happened to it, and what else is known of it. */
export function pastOf({ about = {}, owner, deals = [] }: Given, ...facts: ReportedFact[]): Past {
  const events = eventsOf(described(about), ...facts);
  return {
    facts: {
      contract: contractOf(events),
      provider: { id: "docusign", title: "DocuSign" },
      owner: owner ?? { userId: null, email: null },
      deals: deals.map((deal) => ({ ...aDeal, ...deal })),
    },
    events,
  };
}

const aDeal: DealFacts = {
  crm: "hubspot",
  recordId: "1001",
  name: null,
  amount: null,
  currency: null,
  stage: null,
  pipeline: null,
  account: null,
  ownerEmail: null,
  url: null,
};
