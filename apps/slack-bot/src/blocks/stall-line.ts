import type { Card } from "../contracts/card.ts";
import type { Stall } from "../stalls/find-stall.ts";
import { sentence, titleWords } from "../words/name-words.ts";
import { nudgeWords } from "../words/nudge-words.ts";
import { amountText } from "./amount.ts";
import type { ListEntry } from "./contract-list.ts";
import { quoteLimits } from "./limits.ts";
import { dateToken, linkTo, literal } from "./text.ts";

/** A contract that has stalled in one line: what it waits for, and since when, or when it expires. */
export function stallEntry(card: Card, { kind, at, waitsFor }: Stall): ListEntry {
  const title = titleWords(card.title, quoteLimits.lineTitle);
  const words = nudgeWords[kind](waitsFor);
  const isExpiring = kind === "expiring";
  const pieces = [
    `${isExpiring ? "⏰" : "⏳"} ${linkTo(card.url, title)}`,
    literal(words),
    `${isExpiring ? nudgeWords.expires : nudgeWords.since} ${dateToken(at)}`,
    ...(card.amount === null ? [] : [literal(amountText(card.amount))]),
  ];
  return { line: pieces.join(" · "), sentence: sentence(`“${title}”: ${words}`) };
}
