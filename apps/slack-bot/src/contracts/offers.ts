import type { Ports } from "../ports.ts";
import type { CardOffers } from "./card.ts";
import type { ContractFacts } from "./facts.ts";

/** What a card of the contract may offer: a reminder, and the CRMs in which no deal is known for it. */
export function offersOf(
  { sources, dealFields }: Pick<Ports, "sources" | "dealFields">,
  { contract, deals }: ContractFacts,
): Omit<CardOffers, "showAmounts"> {
  return {
    canRemind: sources.canRemind(contract.source),
    linkable: Object.keys(dealFields).filter((crm) => !deals.some((deal) => deal.crm === crm)),
  };
}
