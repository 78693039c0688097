import type { Quieted } from "@countersign/store";
import { quietOf, type Spot } from "../audience/channel-plans.ts";
import type { Owner } from "../audience/owner-want.ts";
import { quietUntil } from "../audience/quiet-until.ts";
import type { Stall, StallRules } from "../stalls/find-stall.ts";
import { afterWorkingDays, isWorkingTime, type WorkingHours } from "../stalls/working-time.ts";

/** What is known of a contract that has stalled. */
export type Stalled = {
  stall: Stall;
  /** `unsure`: Slack could not be asked who it is. Null: the contract has none, or nobody in Slack is. */
  owner: Owner | "unsure" | null;
  quieted: readonly Quieted[];
  told: Told;
};

/** What the ledger has of the stall. */
export type Told = {
  /** The first nudge: null while there was none. `refused`: it could not be sent. */
  first: { to: "owner" | "channel"; end: "told" | "refused"; at: Date } | null;
  isEscalated: boolean;
};

export type NudgeRules = StallRules & {
  /** In working days after the owner was told. */
  escalateAfterDays: number;
  /** Null: nowhere. */
  escalateTo: Spot | null;
  /** In whose zone: the channel's, and that of owners of whom none is known. */
  workingHours: WorkingHours;
};

/** Somebody is to be told of a stall. */
export type PlannedNudge = {
  to: { kind: "owner"; owner: Owner } | { kind: "channel"; spot: Spot };
  /** Whether it is the stall's first nudge, as the ledger counts them. */
  isFirst: boolean;
  /** The owner was told before, and nothing came of it. */
  isEscalated: boolean;
};

/** So many working days after a stall began to matter, it is news to nobody: all are found by `/contract stuck`. */
export const staleAfterDays = 10;

/**
 * Who is to be told of the stall now: its owner once, and the channel when nothing comes of that or when nobody
 * can be told; each only in working hours of their own zone. Nobody, where the owner keeps the contract or such
 * nudges quiet.
 */
export function planNudges(stalled: Stalled, rules: NudgeRules, now: Date): PlannedNudge[] {
  const { first, isEscalated } = stalled.told;
  if (first === null)
    return isStale(stalled.stall, rules, now) ? [] : planFirst(stalled, rules, now);
  if (first.to === "channel" || isEscalated) return [];
  if (first.end === "refused") {
    return planChannel(stalled, rules, now, { isFirst: false, isEscalated: false });
  }
  const due = afterWorkingDays(first.at, rules.escalateAfterDays, rules.workingHours);
  if (now < due) return [];
  return planChannel(stalled, rules, now, { isFirst: false, isEscalated: true });
}

function planFirst(stalled: Stalled, rules: NudgeRules, now: Date): PlannedNudge[] {
  const { owner, quieted, stall } = stalled;
  if (owner === "unsure") return [];
  if (owner === null)
    return planChannel(stalled, rules, now, { isFirst: true, isEscalated: false });
  const { dm } = owner.settings;
  if (!(stall.kind === "expiring" ? dm.expiring : dm.stalled)) return [];
  if (isQuiet(quieted, owner, now) || !canBeTold(owner, rules, now)) return [];
  return [{ to: { kind: "owner", owner }, isFirst: true, isEscalated: false }];
}

/** A channel is told neither what it has muted, nor what the owner has: they know of it. */
function planChannel(
  { owner, quieted }: Stalled,
  { escalateTo, workingHours }: NudgeRules,
  now: Date,
  as: Pick<PlannedNudge, "isFirst" | "isEscalated">,
): PlannedNudge[] {
  if (escalateTo === null || owner === "unsure") return [];
  const { workspace, channel } = escalateTo;
  const audiences = [{ workspace, userId: channel }, ...(owner === null ? [] : [owner])];
  if (audiences.some((audience) => isQuiet(quieted, audience, now))) return [];
  if (!isWorkingTime(now, workingHours)) return [];
  return [{ to: { kind: "channel", spot: escalateTo }, ...as }];
}

function isQuiet(
  quieted: readonly Quieted[],
  { workspace, userId }: Pick<Owner, "workspace" | "userId">,
  now: Date,
): boolean {
  return quietOf(quieted, { workspace, audience: userId }, now) !== null;
}

function canBeTold(owner: Owner, { workingHours }: NudgeRules, now: Date): boolean {
  const hours = hoursOf(owner, workingHours);
  return isWorkingTime(now, hours) && quietUntil(owner.settings, hours.timezone, now) === null;
}

/** Working hours by the clock of somebody. */
export function hoursOf(owner: Owner | "unsure" | null, hours: WorkingHours): WorkingHours {
  const timezone = owner === null || owner === "unsure" ? null : owner.timezone;
  return timezone === null ? hours : { ...hours, timezone };
}

function isStale({ kind, at }: Stall, rules: NudgeRules, now: Date): boolean {
  if (kind === "expiring") return false;
  const days = kind === "unsigned" ? rules.viewedDays : rules.partlySignedDays;
  return now > afterWorkingDays(new Date(at), days + staleAfterDays, rules.workingHours);
}
