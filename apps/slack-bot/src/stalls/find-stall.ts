import { openStatuses, type Contract } from "@countersign/core";
import { partiesOf, type Party } from "../contracts/parties.ts";
import { haveGoneBy, type WorkingHours } from "./working-time.ts";

/** After how long a contract has stalled; all in working days but `expiresWithinDays`, which are any days. */
export type StallRules = {
  viewedDays: number;
  partlySignedDays: number;
  expiresWithinDays: number;
};

/** Why a contract needs a push. `kind` and `at` together name the stall: another view or signature makes another. */
export type Stall = {
  /** Viewed and not signed; partly signed and nothing since; about to expire. */
  kind: "unsigned" | "quiet" | "expiring";
  /** ISO 8601 UTC: since when it has stalled; for `expiring`, when it expires. */
  at: string;
  /** By name or address, null where neither is known; empty where nobody knows whose turn it is. */
  waitsFor: (string | null)[];
};

/** What keeps the contract from going on; null while it goes on, before it is sent, and once it has ended. */
export function findStall(
  contract: Contract,
  rules: StallRules,
  hours: WorkingHours,
  now: Date,
): Stall | null {
  if (!openStatuses.has(contract.status) || contract.status === "draft") return null;
  const next = partiesOf(contract).filter(({ isNext }) => isNext);
  return (
    expiring(contract, next, rules, now) ??
    unsigned(contract, next, rules, hours, now) ??
    quiet(contract, next, rules, hours, now)
  );
}

function expiring(
  { expiresAt }: Contract,
  next: Party[],
  { expiresWithinDays }: StallRules,
  now: Date,
): Stall | null {
  if (expiresAt === null) return null;
  const left = Date.parse(expiresAt) - now.getTime();
  if (left <= 0 || left > expiresWithinDays * 86_400_000) return null;
  return { kind: "expiring", at: expiresAt, waitsFor: namesOf(next) };
}

function unsigned(
  contract: Contract,
  next: Party[],
  { viewedDays }: StallRules,
  hours: WorkingHours,
  now: Date,
): Stall | null {
  if (contract.status !== "viewed") return null;
  const viewers = next.filter(({ status }) => status === "viewed");
  const at = viewers.flatMap((viewer) => viewer.at ?? []).toSorted()[0] ?? viewOf(contract);
  if (at === null || !haveGoneBy(new Date(at), viewedDays, hours, now)) return null;
  return { kind: "unsigned", at, waitsFor: namesOf(viewers) };
}

/** Some providers say that it was viewed and not by whom. */
function viewOf({ recipients, viewedAt }: Contract): string | null {
  return recipients.some((recipient) => recipient.viewedAt !== null) ? null : viewedAt;
}

function quiet(
  { status, lastEventAt }: Contract,
  next: Party[],
  { partlySignedDays }: StallRules,
  hours: WorkingHours,
  now: Date,
): Stall | null {
  if (status !== "partially_signed" || lastEventAt === null) return null;
  if (!haveGoneBy(new Date(lastEventAt), partlySignedDays, hours, now)) return null;
  return { kind: "quiet", at: lastEventAt, waitsFor: namesOf(next) };
}

function namesOf(parties: Party[]): Stall["waitsFor"] {
  return parties.map(({ name }) => name);
}
