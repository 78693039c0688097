import type { Json } from "@countersign/core";
import { readSubscriptions, type Reader, type Subscription } from "@countersign/store";
import { z } from "zod";
import { DigestTimes } from "../subscriptions/digest-times.ts";
import { Terms } from "../subscriptions/terms.ts";

/** A digest, at these times, of all that a channel hears of, whatever that is by then. */
const WholeDigest = z.strictObject({ wholeDigest: DigestTimes });

/** What a channel's row in the table of subscriptions means. */
export type Meaning =
  | { kind: "terms"; terms: Terms }
  | { kind: "whole-digest"; times: DigestTimes }
  /** Written by another version of this app. */
  | { kind: "unreadable" };

export type Kept = Pick<
  Subscription,
  "id" | "workspace" | "channel" | "madeBy" | "madeAt" | "stopped"
> & { meaning: Meaning };

/** A subscription as the database has it; what it cannot mean counts for nothing. */
function keptOf({ rule, ...row }: Subscription): Kept {
  return { ...row, meaning: meaningOf(rule) };
}

function meaningOf(rule: Json): Meaning {
  const terms = Terms.safeParse(rule);
  if (terms.success) return { kind: "terms", terms: terms.data };
  const whole = WholeDigest.safeParse(rule);
  if (whole.success) return { kind: "whole-digest", times: whole.data.wholeDigest };
  return { kind: "unreadable" };
}

/** How a digest of all that a channel hears of is kept. */
export function wholeDigest(times: DigestTimes): Json {
  return { wholeDigest: times };
}

/** How its meaning is kept; null where nobody here can read it. */
export function rowOf({ meaning }: Kept): Json {
  switch (meaning.kind) {
    case "terms":
      return meaning.terms;
    case "whole-digest":
      return wholeDigest(meaning.times);
    case "unreadable":
      return null;
  }
}

/** What every channel, or this one, is subscribed to, the oldest first. */
export async function readKept(
  reader: Reader,
  of?: { workspace: string; channel: string },
): Promise<Kept[]> {
  return (await readSubscriptions(reader, "slack", of)).map(keptOf);
}

/** The subscriptions proper, with their terms. */
export function termsOf(kept: readonly Kept[]): (Kept & { terms: Terms })[] {
  return kept.flatMap((one) =>
    one.meaning.kind === "terms" ? [{ ...one, terms: one.meaning.terms }] : [],
  );
}
