import type { ContextBlock } from "@slack/types";
import type { Card } from "../contracts/card.ts";
import { dealWords } from "../words/deal-words.ts";
import { lineWords, standingWords } from "../words/line-words.ts";
import { titleWords } from "../words/name-words.ts";
import { statusWords } from "../words/status-words.ts";
import { amountText } from "./amount.ts";
import { quoteLimits } from "./limits.ts";
import { plain } from "./message.ts";
import { dateToken, linkTo, literal, quote } from "./text.ts";

/** A contract in one line of mrkdwn: its title, where it stands, whom it waits for and since when. */
export function contractLine(card: Card): string {
  const { emoji } = statusWords[card.status];
  const title = linkTo(card.url, titleWords(card.title, quoteLimits.lineTitle));
  const since = sinceOf(card);
  const word = card.isOpen ? ` ${lineWords.since}` : ",";
  const pieces = [
    title,
    `${literal(standingWords(card))}${since === null ? "" : `${word} ${dateToken(since)}`}`,
    card.amount === null ? null : literal(amountText(card.amount)),
    card.expires?.isSoon ? `⏰ ${lineWords.expiresSoon} ${dateToken(card.expires.at)}` : null,
  ];
  const mark = card.attention.length > 0 ? "⚠️" : emoji;
  return `${mark} ${pieces.filter((piece) => piece !== null).join(" · ")}`;
}

/** Since when it stands as it does: while somebody is to sign, since their turn began. */
function sinceOf({ parties, attention, since }: Card): string | null {
  if (attention.length > 0) return null;
  const turns = parties.flatMap(({ turnSince }) => turnSince ?? []).toSorted();
  return turns[0] ?? since;
}

/** Where a contract stands, what it is worth and its deals, small below what is said of it. */
export function contractContext(card: Card): ContextBlock {
  const pieces = [
    standingWords(card),
    ...(card.amount === null ? [] : [amountText(card.amount)]),
    ...card.deals.slice(0, quoteLimits.people).map(dealWords),
    quote(card.provider, quoteLimits.name),
  ];
  return { type: "context", elements: [plain(pieces.join(" · "))] };
}
