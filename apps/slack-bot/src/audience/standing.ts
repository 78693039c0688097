import type { Effect } from "@countersign/store";
import { knownCard } from "../notifications/ledger.ts";
import type { Spot } from "./channel-plans.ts";
import type { Kept } from "./kept.ts";

/** The channels in which a card of the contract stands, by their ids alone. Effects come oldest first. */
export function standingCards(effects: Effect[], contractId: string): string[] {
  return [...Map.groupBy(effects, ({ target }) => target)]
    .filter(([channel, here]) => knownCard(here, channel, contractId).posted)
    .map(([channel]) => channel);
}

/** The spot of a channel, where the subscriptions or the configuration say it. */
export function spotOf(
  channel: string,
  kept: readonly Kept[],
  defaultChannel: Spot | null,
): Spot | null {
  const own = kept.find((one) => one.channel === channel);
  if (own !== undefined) return { workspace: own.workspace, channel };
  return defaultChannel?.channel === channel ? defaultChannel : null;
}
