import { fold, type Contract } from "@countersign/core";
import { channelShowsAmounts, ownerSeesAmounts } from "../audience/amounts.ts";
import type { Spot } from "../audience/channel-plans.ts";
import { nudgeMessage } from "../blocks/nudge.ts";
import { cardOf } from "../contracts/card.ts";
import type { ContractFacts } from "../contracts/facts.ts";
import { offersOf } from "../contracts/offers.ts";
import { nudgeKey } from "../nudges/ledger.ts";
import {
  hoursOf,
  planNudges,
  type NudgeRules,
  type PlannedNudge,
  type Stalled,
  type Told,
} from "../nudges/plan-nudges.ts";
import { findStall, type Stall, type StallRules } from "../stalls/find-stall.ts";
import { plainMessage } from "./plain-words.ts";
import type { Said } from "./replay.ts";
import type { SlackRules } from "./rules.ts";
import type { Story, Telling } from "./story.ts";

/** How often it is looked for stalls in a replay, in milliseconds. */
const step = 3_600_000;

const day = 86_400_000;

export type NudgeWindow = {
  since: Date;
  now: Date;
  /** Where nudges go that nothing came of; null: nowhere. */
  escalateTo: Spot | null;
};

/**
 * The nudges that would have been sent of a contract in the window, to the hour, by what was known of it at each
 * time. That somebody has had enough of them for the day is not judged.
 */
export function replayNudges(
  story: Story,
  telling: Telling,
  rules: SlackRules,
  { since, now, escalateTo }: NudgeWindow,
): Said[] {
  const owner = telling.owners[0] ?? null;
  if (owner === null && escalateTo === null) return [];
  const planning = {
    owner,
    quieted: story.quieted,
    rules: { ...rules.stalls, escalateTo, workingHours: rules.workingHours },
  };
  const told = new Map<string, Told>();
  return chaptersOf(story, now)
    .filter((chapter) => mayStall(chapter, rules))
    .flatMap((chapter) => {
      const facts = { ...telling.facts, contract: chapter.contract };
      return nudgesIn(chapter, planning, told)
        .filter(({ at }) => at >= since)
        .map((sent) => saidBy(story, facts, rules, sent));
    });
}

type Planning = Omit<Stalled, "stall" | "told"> & { rules: NudgeRules };
type Sent = { stall: Stall; planned: PlannedNudge; at: Date };

/** `told`: by stall, what was sent in the chapters before; what is sent now is noted there. */
function nudgesIn(
  { contract, from, to }: Chapter,
  { rules, ...whom }: Planning,
  told: Map<string, Told>,
): Sent[] {
  const hours = hoursOf(whom.owner, rules.workingHours);
  const sent: Sent[] = [];
  for (let at = from; at < to; at = new Date(at.getTime() + step)) {
    const stall = findStall(contract, rules, hours, at);
    if (stall === null) continue;
    const name = `${stall.kind} ${stall.at}`;
    const known = told.get(name) ?? { first: null, isEscalated: false };
    if (isOver(known, rules)) {
      const next = stall.kind === "expiring" ? null : expiryWindow(contract, rules);
      if (next === null || next.from <= at) break;
      at = next.from;
      continue;
    }
    for (const planned of planNudges({ ...whom, stall, told: known }, rules, at)) {
      told.set(name, after(known, planned, at));
      sent.push({ stall, planned, at });
    }
  }
  return sent;
}

/** Nothing more is sent of the stall. */
function isOver({ first, isEscalated }: Told, { escalateTo }: NudgeRules): boolean {
  return first !== null && (escalateTo === null || first.to === "channel" || isEscalated);
}

function after(told: Told, { to, isFirst, isEscalated }: PlannedNudge, at: Date): Told {
  const first = isFirst ? ({ to: to.kind, end: "told", at } as const) : told.first;
  return { first, isEscalated: told.isEscalated || isEscalated };
}

/** A contract as it was known from one time to the next. */
type Chapter = { contract: Contract; from: Date; to: Date };

function chaptersOf({ contract, events }: Story, now: Date): Chapter[] {
  const { id, source, externalId } = contract;
  const inOrder = events.toSorted((a, b) => Date.parse(a.observedAt) - Date.parse(b.observedAt));
  const times = [...new Set(inOrder.map(({ observedAt }) => observedAt))];
  return times.map((time, index) => {
    const known = inOrder.filter(({ observedAt }) => observedAt <= time);
    const next = times[index + 1];
    return {
      contract: fold({ id, source, externalId }, known),
      from: new Date(time),
      to: next === undefined ? now : new Date(next),
    };
  });
}

/** Of most chapters a look at their end is enough; elsewhere a stall may begin a day sooner. */
function mayStall({ contract, from, to }: Chapter, { stalls, workingHours }: SlackRules): boolean {
  const expires = expiryWindow(contract, stalls);
  if (expires !== null && expires.to > from && expires.from < to) return true;
  const later = new Date(to.getTime() + day);
  return [to, later].some((at) => findStall(contract, stalls, workingHours, at) !== null);
}

/** When it is about to expire. */
function expiryWindow(
  { expiresAt }: Contract,
  { expiresWithinDays }: StallRules,
): { from: Date; to: Date } | null {
  if (expiresAt === null) return null;
  const to = new Date(expiresAt);
  return { from: new Date(to.getTime() - expiresWithinDays * day), to };
}

function saidBy(
  { contract, version, effects }: Story,
  facts: ContractFacts,
  rules: SlackRules,
  { stall, planned, at }: Sent,
): Said {
  const { to, isFirst, isEscalated } = planned;
  const showAmounts =
    to.kind === "owner"
      ? ownerSeesAmounts(rules.roles, to.owner.userId)
      : channelShowsAmounts(rules.roles);
  const card = cardOf(facts, { ...offersOf(rules, facts), showAmounts }, at);
  const { text, shows } = plainMessage(nudgeMessage({ ...stall, card, isEscalated }));
  const key = nudgeKey(contract.id, stall, isFirst);
  const time = at.toISOString();
  return {
    contractId: contract.id,
    version,
    title: contract.title,
    place:
      to.kind === "owner"
        ? { workspace: to.owner.workspace, channel: null, person: to.owner.email }
        : { ...to.spot, person: null },
    part: "nudge",
    key,
    covers: [],
    happenedAt: time,
    at: time,
    text,
    shows: [...shows, time],
    stands: effects.some((effect) => effect.key === key && effect.status === "done"),
    settled: true,
  };
}
