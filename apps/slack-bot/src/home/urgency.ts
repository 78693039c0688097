import { openStatuses, type Contract } from "@countersign/core";
import { partiesOf } from "../contracts/parties.ts";
import { findStall, type StallRules } from "../stalls/find-stall.ts";
import type { WorkingHours } from "../stalls/working-time.ts";

/** Why somebody's open contract stands where it does in their list; the most urgent first. */
export const urgencies = ["expiring", "mine", "stalled", "waiting"] as const;

export type Urgency = (typeof urgencies)[number];

/** What is judged by: `email` is whose list it is. */
export type Standpoint = { email: string; rules: StallRules; hours: WorkingHours; now: Date };

/** `mine`: it is a draft, somebody cannot be reached or identified, or it is their own turn to sign. */
export function urgencyOf(contract: Contract, { email, rules, hours, now }: Standpoint): Urgency {
  const stall = findStall(contract, rules, hours, now);
  if (stall?.kind === "expiring") return "expiring";
  if (contract.status === "draft" || needs(contract, email)) return "mine";
  return stall === null ? "waiting" : "stalled";
}

function needs(contract: Contract, email: string): boolean {
  const isOpen = openStatuses.has(contract.status);
  const isInTrouble = partiesOf(contract).some(
    ({ status }) => status === "bounced" || status === "auth_failed",
  );
  return (isOpen && isInTrouble) || isTurnOf(contract, email);
}

/** Whether it waits for the signature of the person with this address. */
export function isTurnOf(contract: Contract, email: string): boolean {
  const own = email.toLowerCase();
  return partiesOf(contract).some(({ isNext }, place) => {
    return isNext && contract.recipients[place]?.email?.toLowerCase() === own;
  });
}

/** Each with its urgency, the most urgent first: what expires first, else what has waited longest. */
export function byUrgency<One extends { contract: Contract }>(
  given: readonly One[],
  standpoint: Standpoint,
): (One & { urgency: Urgency })[] {
  return given
    .map((one) => ({ ...one, urgency: urgencyOf(one.contract, standpoint) }))
    .toSorted((a, b) => {
      const rank = urgencies.indexOf(a.urgency) - urgencies.indexOf(b.urgency);
      return rank || compare(timeOf(a), timeOf(b)) || compare(a.contract.id, b.contract.id);
    });
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function timeOf({ contract, urgency }: { contract: Contract; urgency: Urgency }): string {
  if (urgency === "expiring") return contract.expiresAt ?? "";
  return waitsSince(contract) ?? "";
}

/** Since somebody's turn began; ISO 8601 UTC. */
function waitsSince(contract: Contract): string | null {
  const turns = partiesOf(contract).flatMap(({ turnSince }) => turnSince ?? []);
  return turns.toSorted()[0] ?? contract.lastEventAt;
}
