import type { Contract } from "@countersign/core";
import { readStalling } from "@countersign/store";
import type { Ports } from "../../ports.ts";
import { findStall, type Stall, type StallRules } from "../../stalls/find-stall.ts";

export type Stuck = { contract: Contract; stall: Stall };

/** How many of each kind are looked at: those that expire first or wait longest. */
export const mostStuck = 300;

/** Kinds in the order of their urgency. */
const kinds: readonly Stall["kind"][] = ["expiring", "unsigned", "quiet"];

/**
 * The contracts that have stalled, what expires first coming first, then what waits longest. `isCut`: of one
 * kind there were more than `mostStuck`, so some may be missing.
 */
export async function findStuck(
  { store, now, workingHours }: Pick<Ports, "store" | "now" | "workingHours">,
  rules: StallRules,
): Promise<{ stuck: Stuck[]; isCut: boolean }> {
  const at = now();
  const since = {
    viewed: daysFrom(at, -rules.viewedDays, anHour),
    quiet: daysFrom(at, -rules.partlySignedDays, anHour),
    expires: { after: at, by: daysFrom(at, rules.expiresWithinDays, 0) },
  };
  const { contracts, hasMore } = await readStalling(store(), since, mostStuck);
  const stuck = contracts
    .flatMap(({ contract }) => {
      const stall = findStall(contract, rules, workingHours, at);
      return stall === null ? [] : [{ contract, stall }];
    })
    .toSorted(byKindAndTime);
  return { stuck, isCut: hasMore };
}

/** So many working days take at least as many days, but for the hour by which clocks are changed. */
const anHour = 3_600_000;

function daysFrom(at: Date, days: number, more: number): Date {
  return new Date(at.getTime() + days * 86_400_000 + more);
}

function byKindAndTime(a: Stuck, b: Stuck): number {
  const kind = kinds.indexOf(a.stall.kind) - kinds.indexOf(b.stall.kind);
  return kind || Date.parse(a.stall.at) - Date.parse(b.stall.at);
}
