import type { KnownBlock, MrkdwnElement } from "@slack/types";
import type { Card } from "../contracts/card.ts";
import { cardWords } from "../words/card-words.ts";
import { dealWords, recordWords } from "../words/deal-words.ts";
import { amountText } from "./amount.ts";
import { quoteLimits } from "./limits.ts";
import { mrkdwn } from "./message.ts";
import { dateToken, literal, quote } from "./text.ts";

/** Whose contract it is, what it is worth, until when it can be signed, and its deals, in two columns. */
export function detailsBlock(card: Card): KnownBlock[] {
  const { owner, sender, amount, expires } = card;
  const fields = [
    owner === null ? null : field(cardWords.owner, quote(owner, quoteLimits.field)),
    sender === null ? null : field(cardWords.from, quote(sender, quoteLimits.field)),
    amount === null ? null : field(cardWords.amount, amountText(amount)),
    expires === null || expires.isSoon
      ? null
      : mrkdwn(`*${cardWords.expires}* ${dateToken(expires.at)}`),
    ...card.deals.slice(0, quoteLimits.deals).map((deal) => {
      return field(recordWords(deal.crm), dealWords(deal));
    }),
  ].filter((detail) => detail !== null);
  return fields.length === 0 ? [] : [{ type: "section", fields }];
}

/** A deadline that is near stands by itself. */
export function deadlineBlock({ expires }: Card): KnownBlock[] {
  if (expires === null || !expires.isSoon) return [];
  const text = `⏰ *${cardWords.expiresSoon}* ${dateToken(expires.at)}`;
  return [{ type: "section", text: mrkdwn(text) }];
}

function field(label: string, value: string): MrkdwnElement {
  return mrkdwn(`*${literal(label)}* ${literal(value)}`);
}
