import type { ContractEvent } from "@countersign/core";
import type { Quieted } from "@countersign/store";
import type { ContractFacts } from "../contracts/facts.ts";
import type { Silence } from "../notifications/target.ts";
import { matchesContract, matchesEvent } from "../subscriptions/matches.ts";
import type { Terms } from "../subscriptions/terms.ts";
import { termsOf, type Kept } from "./kept.ts";
import { mergeWants, standingCard, type Merged, type Want } from "./want.ts";

/** A channel by its workspace. */
export type Spot = { workspace: string; channel: string };

/** What a channel is to show of one contract. The noise in it is not judged here. */
export type ChannelPlan = Spot & { merged: Merged; silence: Silence | null };

export type PlanInput = {
  kept: readonly Kept[];
  defaultChannel: Spot | null;
  /** What is known of the contract, with its owner named as this workspace knows them. */
  factsIn: (workspace: string) => ContractFacts;
  events: ContractEvent[];
  quieted: readonly Quieted[];
  /** The channels in which a card of the contract stands. */
  standing: readonly Spot[];
  now: Date;
};

/**
 * What each channel is to show of a contract, each channel once.
 *
 * A card that stands where nobody wants it any more (the channel unsubscribed, the filters no longer fit) is
 * kept true until the contract ends and gets no more lines: people read it and press its buttons as long as it
 * is there, so one that lies is worse than one that is silent. Nothing at all goes to a channel that is stopped.
 */
export function planChannels(input: PlanInput): ChannelPlan[] {
  const { kept, defaultChannel, standing } = input;
  const own = Map.groupBy(kept, nameOfSpot);
  const cards = new Set(standing.map(nameOfSpot));
  const spots = new Map<string, Spot>();
  for (const { workspace, channel } of [...kept, ...toArray(defaultChannel), ...standing]) {
    spots.set(nameOfSpot({ workspace, channel }), { workspace, channel });
  }
  return [...spots].flatMap(([name, spot]) =>
    planChannel(spot, own.get(name) ?? [], cards.has(name), input),
  );
}

function planChannel(
  spot: Spot,
  own: readonly Kept[],
  hasCard: boolean,
  input: PlanInput,
): ChannelPlan[] {
  const { events, quieted, now } = input;
  if (isStopped(own)) return [];
  const facts = input.factsIn(spot.workspace);
  const wants = [
    ...wantsOf(own, input.defaultChannel, spot, facts),
    ...(hasCard ? [standingCard] : []),
  ];
  const merged = mergeWants(wants, facts.contract, events);
  if (merged === null) return [];
  const { workspace, channel: audience } = spot;
  const silence =
    quietOf(quieted, { workspace, audience }, now) ?? (merged.isDigest ? "digest" : null);
  return [{ ...spot, merged, silence }];
}

/** Nothing more can be posted there: what is live by its subscriptions was stopped. */
export function isStopped(own: readonly Kept[]): boolean {
  const subscriptions = termsOf(own);
  return subscriptions.length > 0 && subscriptions.every(({ stopped }) => stopped !== null);
}

/** What a channel hears of: its own subscriptions, else everything where it is the default channel. */
export function termsOfSpot(
  own: readonly Kept[],
  defaultChannel: Spot | null,
  spot: Spot,
): { terms: Terms; since: Date | null }[] {
  const subscriptions = termsOf(own);
  if (subscriptions.length === 0) {
    const isDefault = defaultChannel !== null && isSameSpot(defaultChannel, spot);
    return isDefault ? [{ terms: everything, since: null }] : [];
  }
  return subscriptions
    .filter(({ stopped }) => stopped === null)
    .map(({ terms, madeAt }) => ({ terms, since: madeAt }));
}

/** The configured channel's subscription while it has none of its own. */
export const everything: Terms = {
  rule: { include: [], exclude: [] },
  mode: "thread",
  broadcast: false,
  digest: null,
};

function wantsOf(
  own: readonly Kept[],
  defaultChannel: Spot | null,
  spot: Spot,
  facts: ContractFacts,
): Want[] {
  return termsOfSpot(own, defaultChannel, spot)
    .filter(({ terms }) => matchesContract(terms.rule, facts))
    .map(({ terms, since }) => wantOf(terms, since));
}

function wantOf({ rule, mode, broadcast }: Terms, since: Date | null): Want {
  const asksForEvents = [...rule.include, ...rule.exclude].some(({ key }) => key === "event");
  const thread = broadcast ? "channel" : "thread";
  return {
    card: mode === "thread" || mode === "card",
    lines: mode === "thread" ? thread : mode === "list" ? "channel" : "none",
    digest: mode === "digest",
    tells: ({ type }) => matchesEvent(rule, type),
    tellsAll: !asksForEvents,
    since,
  };
}

/** Whether somebody, or a channel, does not want to hear of the contract now. */
export function quietOf(
  quieted: readonly Quieted[],
  { workspace, audience }: Pick<Quieted, "workspace" | "audience">,
  now: Date,
): "muted" | "snoozed" | null {
  const own = quieted.find((one) => one.workspace === workspace && one.audience === audience);
  if (own === undefined) return null;
  if (own.until === null) return "muted";
  return own.until > now ? "snoozed" : null;
}

export function isSameSpot(a: Spot, b: Spot): boolean {
  return a.workspace === b.workspace && a.channel === b.channel;
}

export function nameOfSpot({ workspace, channel }: Spot): string {
  return `${workspace} ${channel}`;
}

/** Reads what `nameOfSpot` wrote: no id of Slack's has a space in it. */
export function spotNamed(name: string): Spot {
  const [workspace = "", channel = ""] = name.split(" ");
  return { workspace, channel };
}

function toArray<Value>(value: Value | null): Value[] {
  return value === null ? [] : [value];
}
