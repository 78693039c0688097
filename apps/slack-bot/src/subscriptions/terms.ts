import { z } from "zod";
import { DigestTimes, usualDigest } from "./digest-times.ts";
import { Rule } from "./rule.ts";

/**
 * How a channel hears of it. `thread`: a card, and a line in its thread for each event. `card`: the card
 * alone. `list`: a message for each event. `digest`: nothing at once, all together when it is due.
 */
export const modes = ["thread", "card", "list", "digest"] as const;

export type Mode = (typeof modes)[number];

/** A subscription as it is kept in the database: what a channel wants to hear, and how. */
export const Terms = z.strictObject({
  rule: Rule,
  mode: z.enum(modes),
  /** Whether the lines of a thread show in the channel too. */
  broadcast: z.boolean(),
  /** When the digest is due; null in every other mode. */
  digest: DigestTimes.nullable(),
});

export type Terms = z.infer<typeof Terms>;

/** When the channel's digest is due; null where it has none. */
export function digestTimesOf({ mode, digest }: Terms): DigestTimes | null {
  return mode === "digest" ? (digest ?? usualDigest) : null;
}
