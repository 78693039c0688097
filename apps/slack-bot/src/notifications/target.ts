import type { ContractEvent } from "@countersign/core";
import type { Channel } from "../slack/channel.ts";

/** `thread`: a card with a line for each event below it; `card`: that card alone; `list`: a message for each event. */
type Mode = "thread" | "card" | "list" | "digest";

/**
 * Why nothing new is said here. What is muted, summed up elsewhere or too much is not told later either; what
 * is snoozed is.
 */
export type Silence = "muted" | "snoozed" | "collapsed" | "digest";

/** Where people hear of a contract, and what of it. */
export type Target = {
  channel: Channel;
  mode: Mode;
  /** Lines of a thread show in the channel too. */
  broadcast: boolean;
  /** Whether they want to hear of such an event here. */
  tells(event: ContractEvent): boolean;
  /** They want to hear of every kind of event. */
  tellsAll: boolean;
  /** What was known before then is old news here; null: nothing is. */
  since: Date | null;
  /** Null: new things are said. A card that stands is kept true in any case. */
  silence: Silence | null;
  showAmounts: boolean;
};
