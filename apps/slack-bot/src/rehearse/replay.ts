import type { ContractEvent } from "@countersign/core";
import { channelShowsAmounts, ownerSeesAmounts } from "../audience/amounts.ts";
import { planChannels, quietOf } from "../audience/channel-plans.ts";
import type { Kept } from "../audience/kept.ts";
import { nameOwner, type NamedPerson } from "../audience/name-owner.ts";
import { ownerWant, type Owner } from "../audience/owner-want.ts";
import { mergeWants, type Merged } from "../audience/want.ts";
import { cardOf } from "../contracts/card.ts";
import type { ContractFacts } from "../contracts/facts.ts";
import { happeningOf, momentsOf, type Moment } from "../contracts/moments.ts";
import { offersOf } from "../contracts/offers.ts";
import type { Line } from "../notifications/announce.ts";
import { announcedEvents, knownCard } from "../notifications/ledger.ts";
import { renderCard, renderLine, renderListed } from "../notifications/render.ts";
import type { Place } from "./place.ts";
import { plainMessage, type PlainMessage } from "./plain-words.ts";
import type { SlackRules } from "./rules.ts";
import { effectsAt, type Story, type Telling } from "./story.ts";

/** How something is said: by the card, below it, as a message of its own, summed up with others, or as a nudge. */
export type Part = "card" | "reply" | "message" | "digest" | "summary" | "nudge";

/** One thing that a place hears of a contract. */
export type Said = PlainMessage & {
  contractId: string;
  version: number;
  title: string | null;
  place: Place;
  part: Part;
  /** Names it in its place, whatever its part: `card`, or the event that it tells of. */
  key: string;
  /** The ids of all events that it tells of; none for a card. */
  covers: string[];
  /** ISO 8601 UTC: when what it says happened, and when it came to be known here. */
  happenedAt: string;
  at: string;
  /** It stands there, by the ledger. */
  stands: boolean;
  /** It stands there, was settled otherwise (summed up, muted, put into a digest), or comes by itself when it is due. */
  settled: boolean;
};

/** Who hears what, by one countersign.yaml and by what people subscribed to in Slack. */
export type Hears = {
  rules: SlackRules;
  kept: readonly Kept[];
  /** Whom the subscriptions name, by workspace. */
  named: ReadonlyMap<string, NamedPerson[]>;
  now: Date;
};

/**
 * All that would have been said of a contract so far, and where, each happening by itself as though it were told
 * when it happened. What people muted is left out; snoozes and quiet hours only put it off.
 */
export function replay(story: Story, telling: Telling, hears: Hears): Said[] {
  return [...inChannels(story, telling, hears), ...inDirectMessages(story, telling, hears)];
}

function inChannels(story: Story, { facts }: Telling, hears: Hears): Said[] {
  const { rules, kept, named, now } = hears;
  const isThere = ({ workspace }: { workspace: string }) => rules.workspaces.includes(workspace);
  const plans = planChannels({
    kept: kept.filter(isThere),
    defaultChannel: rules.hearing.defaultChannel,
    factsIn: (workspace) => nameOwner(facts, named.get(workspace) ?? []),
    events: story.events,
    quieted: story.quieted,
    standing: [],
    now,
  });
  const showAmounts = channelShowsAmounts(rules.roles);
  return plans
    .filter((plan) => isThere(plan) && plan.silence !== "muted")
    .flatMap(({ workspace, channel, merged }) => {
      const place = { workspace, channel, person: null };
      return saidIn({ story, facts, hears, merged, place, userId: "", showAmounts });
    });
}

function inDirectMessages(story: Story, { facts, owners }: Telling, hears: Hears): Said[] {
  return owners.flatMap((owner) => {
    const { workspace, userId, email } = owner;
    const place = { workspace, channel: null, person: email };
    const merged = ownerHears(story, owner, place, hears.now);
    if (merged === null) return [];
    const showAmounts = ownerSeesAmounts(hears.rules.roles, userId);
    return saidIn({ story, facts, hears, merged, place, userId, showAmounts });
  });
}

/** Null where they have muted it. */
function ownerHears(story: Story, owner: Owner, place: Place, now: Date): Merged | null {
  const { contract, events, quieted } = story;
  const { workspace, userId: audience } = owner;
  if (quietOf(quieted, { workspace, audience }, now) === "muted") return null;
  const hasCard = knownCard(effectsAt(story, place, audience), "", contract.id).posted;
  const wasSnoozed = quieted.some((one) => one.audience === audience && one.until !== null);
  const want = ownerWant(owner, contract, { hasCard, wasSnoozed, now });
  return mergeWants([want], contract, events);
}

type Hearing = {
  story: Story;
  facts: ContractFacts;
  hears: Hears;
  merged: Merged;
  place: Place;
  /** Empty for a channel, and for somebody who is not noted. */
  userId: string;
  showAmounts: boolean;
};

function saidIn({ story, facts, hears, merged, place, userId, showAmounts }: Hearing): Said[] {
  const { contract, version, events } = story;
  const effects = effectsAt(story, place, userId);
  const told = announcedEvents(effects.filter(({ status }) => status === "done"));
  const settled = announcedEvents(effects);
  const card = cardOf(facts, { ...offersOf(hears.rules, facts), showAmounts }, hears.now);
  const about = { contractId: contract.id, version, title: contract.title, place };
  const moments = momentsOf(contract, events).filter(({ event }) => merged.tells(event));
  const lines = partOfLines(merged).flatMap((part) =>
    moments.map((moment): Said => {
      const line = lineOf(facts, moment);
      const message = part === "message" ? renderListed(line, card) : renderLine(line, card);
      return {
        ...about,
        ...plainMessage(message),
        part,
        key: line.key,
        covers: moment.covers,
        happenedAt: moment.event.occurredAt,
        at: moment.event.observedAt,
        stands: isAmong(moment, told),
        settled: isAmong(moment, settled),
      };
    }),
  );
  if (!hasCard(merged, moments.length)) return lines;
  const { posted } = knownCard(effects, "", contract.id);
  const first = firstOf(moments.length > 0 ? moments.map(({ event }) => event) : events);
  const shown: Said = {
    ...about,
    ...plainMessage(renderCard(card)),
    part: "card",
    key: "card",
    covers: [],
    happenedAt: first?.occurredAt ?? "",
    at: first?.observedAt ?? "",
    stands: posted,
    settled: posted,
  };
  return [shown, ...lines];
}

function isAmong({ covers }: Moment, ids: ReadonlySet<string>): boolean {
  return covers.some((id) => ids.has(id));
}

/** Of a card alone, nothing further is said. */
function partOfLines({ mode, isDigest }: Merged): Part[] {
  if (isDigest) return ["digest"];
  return mode === "thread" ? ["reply"] : mode === "list" ? ["message"] : [];
}

function hasCard({ mode, isDigest, tellsAll }: Merged, moments: number): boolean {
  const isCarded = (mode === "thread" || mode === "card") && !isDigest;
  return isCarded && (tellsAll || moments > 0);
}

function lineOf({ contract }: ContractFacts, moment: Moment): Line {
  const { covers } = moment;
  const happenings = [happeningOf(contract, moment)];
  return { key: covers[0] ?? contract.id, covers, happenings, kind: "happening" };
}

/** The one that came to be known first. */
function firstOf(events: readonly ContractEvent[]): ContractEvent | undefined {
  return events.toSorted((a, b) => Date.parse(a.observedAt) - Date.parse(b.observedAt))[0];
}
