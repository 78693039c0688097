import type { Contract } from "@countersign/core";
import type { Asking } from "../asking.ts";
import { cardOf, type Card } from "../contracts/card.ts";
import type { ContractFacts } from "../contracts/facts.ts";
import { offersOf } from "../contracts/offers.ts";
import { readFacts } from "../contracts/read-facts.ts";
import type { Ports } from "../ports.ts";
import { may } from "../roles.ts";
import { personOf, whoBefore } from "./people.ts";

/** Who reads an answer: whoever asks, or with `shared` everybody in the channel. */
export type Reader = { shared: boolean };

const whoeverAsks: Reader = { shared: false };

/** The contract's card as whoever reads the answer may see it. */
export async function cardFor(
  ports: Ports,
  asking: Asking,
  contract: Contract,
  reader: Reader = whoeverAsks,
): Promise<Card> {
  const showsAmounts = await amountsFor(ports, asking, reader);
  const facts = await readFacts(ports.store(), ports, contract);
  return cardWith(ports, facts, showsAmounts);
}

/** The same of several contracts. Who asks is looked up once. */
export async function cardsFor(
  ports: Ports,
  asking: Asking,
  contracts: readonly Contract[],
  reader: Reader = whoeverAsks,
): Promise<Card[]> {
  const showsAmounts = await amountsFor(ports, asking, reader);
  const facts = contracts.map((contract) => readFacts(ports.store(), ports, contract));
  return (await Promise.all(facts)).map((known) => cardWith(ports, known, showsAmounts));
}

/** Whether the reader may see the amounts of such a contract. */
type ShowsAmounts = (facts: ContractFacts) => boolean;

/** Who asks is looked up once, and only where not everybody may see amounts. */
export async function amountsFor(
  ports: Ports,
  asking: Asking,
  { shared }: Reader,
): Promise<ShowsAmounts> {
  const { roles } = ports;
  if (roles.allowed.seeAmounts === "everybody") return () => true;
  if (shared) return () => false;
  const person = await personOf(ports, asking);
  return (facts) => may(roles, "seeAmounts", whoBefore(person, facts));
}

/** The card of a contract whose facts are read already. */
export function cardWith(ports: Ports, facts: ContractFacts, showsAmounts: ShowsAmounts): Card {
  const offers = { ...offersOf(ports, facts), showAmounts: showsAmounts(facts) };
  return cardOf(facts, offers, ports.now());
}
