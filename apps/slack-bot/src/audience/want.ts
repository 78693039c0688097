import type { Contract, ContractEvent } from "@countersign/core";
import { openStatuses } from "@countersign/core";
import { momentsOf } from "../contracts/moments.ts";
import type { Target } from "../notifications/target.ts";

/** Where the lines of a contract stand: nowhere, in the thread of its card, or where the whole channel sees them. */
export type Lines = "none" | "thread" | "channel";

/** What one subscription, or one standing card, asks of a channel for one contract. */
export type Want = {
  /** A card that is kept true. */
  card: boolean;
  lines: Lines;
  /** It is summed up in a digest. */
  digest: boolean;
  tells(event: ContractEvent): boolean;
  /** It wants to hear of every kind of event. */
  tellsAll: boolean;
  /** What was known before then is old news; null: nothing is. */
  since: Date | null;
};

/** What all of a channel's subscriptions together ask for one contract. */
export type Merged = Pick<Target, "mode" | "broadcast" | "tells" | "tellsAll" | "since"> & {
  isDigest: boolean;
};

/** A card that was posted when there was a reason for it. */
export const standingCard: Want = {
  card: true,
  lines: "none",
  digest: false,
  tells: () => false,
  tellsAll: false,
  since: null,
};

/**
 * Several wants as one, in whatever order they come: a card where one of them wants it, each event once, as
 * loudly as the loudest of those that have lines. Null where nobody wants anything.
 */
export function mergeWants(
  wants: readonly Want[],
  contract: Contract,
  events: ContractEvent[],
): Merged | null {
  if (wants.length === 0) return null;
  const speaking = wants.filter(({ lines }) => lines !== "none");
  const carded = wants.filter(({ card }) => card);
  const digests = wants.filter(({ digest }) => digest);
  const isLoud = speaking.some(({ lines }) => lines === "channel");
  const heard = speaking.length > 0 ? speaking : digests.length > 0 ? digests : carded;
  return {
    mode: modeOf(carded.length > 0, speaking.length > 0),
    broadcast: isLoud && carded.length > 0,
    tells: (event) => heard.some((want) => wantsToHear(want, event)),
    // Each want has judged what is old news to it, and whether that leaves a reason for a card.
    since: null,
    tellsAll: carded.some((want) => isCardDue(want, contract, events)),
    isDigest: speaking.length === 0 && digests.length > 0,
  };
}

function modeOf(hasCard: boolean, hasLines: boolean): Target["mode"] {
  if (hasCard) return hasLines ? "thread" : "card";
  return hasLines ? "list" : "digest";
}

function wantsToHear(want: Want, event: ContractEvent): boolean {
  const { since } = want;
  return (since === null || Date.parse(event.observedAt) >= since.getTime()) && want.tells(event);
}

/** Who wants to hear of everything gets the card of what is open at once; who came late, none for what is over. */
function isCardDue(want: Want, contract: Contract, events: ContractEvent[]): boolean {
  if (want.tellsAll && (want.since === null || openStatuses.has(contract.status))) return true;
  return momentsOf(contract, events).some(({ event }) => wantsToHear(want, event));
}
