import type { Ports } from "../ports.ts";
import type { CardOffers } from "./card.ts";
import type { ContractFacts } from "./facts.ts";

/** What a card of the contract may offer: a reminder, and links to deals of the CRMs; `cardOf` leaves out where there is one. */
export function offersOf(
  { sources, dealFields }: Pick<Ports, "sources" | "dealFields">,
  { contract }: ContractFacts,
): Omit<CardOffers, "showAmounts"> {
  return {
    canRemind: sources.canRemind(contract.source),
    linkable: Object.keys(dealFields),
  };
}
