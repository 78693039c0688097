import type { ReportedFact } from "@countersign/core";
import { cardOf, type Card, type CardOffers } from "../../contracts/card.ts";
import type { ContractFacts, DealFacts } from "../../contracts/facts.ts";
import { at, contractOf, eventsOf } from "../../testing/contracts.ts";

/** Everything may be shown and offered. */
export const everything: CardOffers = { showAmounts: true, canRemind: true, linkable: ["hubspot"] };

export const noon = new Date(at("12:00"));

export function aDeal(more: Partial<DealFacts> = {}): DealFacts {
  return {
    crm: "hubspot",
    recordId: "1001",
    name: "Mill lease 2026",
    amount: 9_000,
    currency: "EUR",
    stage: "Negotiation",
    pipeline: "Sales",
    account: "Mill Ltd",
    ownerEmail: "dana@example.com",
    url: "https://app.hubspot.com/contacts/1/record/0-3/1001",
    ...more,
  };
}

/** What is known of the contract that these facts make, of DocuSign's. */
export function factsFrom(facts: ReportedFact[], more: Partial<ContractFacts> = {}): ContractFacts {
  return {
    contract: contractOf(eventsOf(...facts)),
    provider: { id: "docusign", title: "DocuSign" },
    owner: { userId: null, email: null },
    deals: [],
    ...more,
  };
}

export function cardFrom(...facts: ReportedFact[]): Card {
  return cardOf(factsFrom(facts), everything, noon);
}
