import { deliveriesPerLife } from "./life.ts";
import type { Turn } from "./signed-requests.ts";

/** So many contracts are under way at any time: that far apart come two deliveries of one contract. */
const underWay = 400;

/** At least `count` deliveries of contracts from number `from` on, whose lives interleave. */
export function interleavedTurns(from: number, count: number): Turn[] {
  const contracts = Math.ceil(count / deliveriesPerLife);
  const turns: (Turn & { at: number })[] = [];
  for (let contract = 0; contract < contracts; contract += 1) {
    for (let delivery = 0; delivery < deliveriesPerLife; delivery += 1) {
      turns.push({ contract: from + contract, delivery, at: contract + delivery * underWay });
    }
  }
  return turns
    .toSorted((a, b) => a.at - b.at)
    .map(({ contract, delivery }) => ({ contract, delivery }));
}

/** The first delivery of each of so many contracts. */
export function firstTurns(from: number, contracts: number): Turn[] {
  return Array.from({ length: contracts }, (_, index) => ({ contract: from + index, delivery: 0 }));
}

/** How many places later a repetition or a late delivery comes. */
const later = 2_500;

/** Every 50th delivery comes a second time, and every 37th comes late, after its followers. */
export function disturb(turns: readonly Turn[]): Turn[] {
  const placed = turns.flatMap((turn, index) => {
    const at = index % 37 === 36 ? index + later : index;
    return index % 50 === 49
      ? [
          { turn, at },
          { turn, at: at + later },
        ]
      : [{ turn, at }];
  });
  return placed.toSorted((a, b) => a.at - b.at).map(({ turn }) => turn);
}
