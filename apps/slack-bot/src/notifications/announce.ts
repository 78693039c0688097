import type { Contract, ContractEvent } from "@countersign/core";
import { cardOf, type Card, type CardOffers } from "../contracts/card.ts";
import type { ContractFacts } from "../contracts/facts.ts";
import { happeningOf, momentsOf, type Happening, type Moment } from "../contracts/moments.ts";

/** What people should hear of a contract, in no chat tool's words. */
export type Announcement = { card: Card; lines: Line[] };

/** One message below the card. `covers` names the events that it tells of, the one that names it first. */
export type Line = {
  key: string;
  covers: string[];
  happenings: Happening[];
  /** `summary`: it makes up for what was not told when it happened. */
  kind: "happening" | "summary";
};

export type AnnouncementInput = {
  contract: Contract;
  events: ContractEvent[];
  facts: ContractFacts;
  offers: CardOffers;
  /** Ids of the events that people have heard of. */
  announced: ReadonlySet<string>;
  /** Whether people want to hear of such an event. */
  tells: (event: ContractEvent) => boolean;
  /** What was known before then is old news; null: nothing is. */
  since: Date | null;
  now: Date;
};

/** What is older when we first come to tell of it is summed up, in minutes. */
const staleAfterMinutes = 15;

/**
 * The card as it should be, and the lines that are still to be said. Several happenings that are old news
 * by now become one line, so that a long outage ends without a flood.
 */
export function announce(input: AnnouncementInput): Announcement {
  const { contract, announced, since, now } = input;
  const pending = momentsOf(contract, input.events).filter(
    ({ event, covers }) =>
      input.tells(event) && isNews(event, since) && !covers.some((id) => announced.has(id)),
  );
  const stale = pending.filter(({ event }) => isStale(event.occurredAt, now));
  const apart = stale.length > 1 ? pending.filter((moment) => !stale.includes(moment)) : pending;
  const lines = apart.map((moment) => lineOf(contract, "happening", [moment]));
  const summary = stale.length > 1 ? [lineOf(contract, "summary", stale)] : [];
  return {
    card: cardOf(input.facts, input.offers, now),
    lines: [...summary, ...lines],
  };
}

/** Whether what happened then (ISO 8601) is old by now: several such happenings are told as one. */
export function isStale(occurredAt: string, now: Date): boolean {
  return Date.parse(occurredAt) < now.getTime() - staleAfterMinutes * 60_000;
}

function isNews({ observedAt }: ContractEvent, since: Date | null): boolean {
  return since === null || Date.parse(observedAt) >= since.getTime();
}

function lineOf(contract: Contract, kind: Line["kind"], moments: Moment[]): Line {
  const covers = moments.flatMap((moment) => moment.covers);
  const happenings = moments.map((moment) => happeningOf(contract, moment));
  return { key: covers[0] ?? contract.id, covers, happenings, kind };
}
