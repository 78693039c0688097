import type { Card } from "../contracts/card.ts";
import type { Digest } from "../blocks/digest.ts";

/**
 * Each contract in one group. Of those that need attention or wait, what expires first comes first, then what has
 * stood still for longest; of those that are over, the latest.
 */
export function groupCards(
  cards: readonly Card[],
): Pick<Digest, "attention" | "waiting" | "finished"> {
  const open = cards.filter(({ isOpen }) => isOpen).toSorted(byUrgency);
  return {
    attention: open.filter(({ attention }) => attention.length > 0),
    waiting: open.filter(({ attention }) => attention.length === 0),
    finished: cards.filter(({ isOpen }) => !isOpen).toSorted((a, b) => byUrgency(b, a)),
  };
}

function byUrgency(a: Card, b: Card): number {
  const [one, other] = [urgencyOf(a), urgencyOf(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Sorts as the more urgent before the less; the id keeps the order total. */
function urgencyOf({ expires, since, contractId }: Card): string {
  const soon = expires?.isSoon === true ? `0 ${expires.at}` : "1";
  return `${soon} ${since ?? ""} ${contractId}`;
}
