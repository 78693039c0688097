import type { ActionsBlock, KnownBlock, MrkdwnElement } from "@slack/types";
import type { Card, Deal, Party } from "../contracts/card.ts";
import {
  cardWords,
  dealWords,
  partyWords,
  personWords,
  progressWords,
  statusWords,
  titleWords,
} from "./words.ts";
import { quoteLimits, slackLimits } from "./limits.ts";
import { fitLines, mrkdwn, plain } from "./message.ts";
import { dateToken, literal, quote } from "./text.ts";

/** The id of the button that opens the contract at its provider. */
export const openAction = "open_contract";

/** How a contract looks in Slack. */
export function contractCard(card: Card): KnownBlock[] {
  const fields = detailFields(card);
  return [
    { type: "header", text: plain(titleWords(card.title)) },
    { type: "section", text: mrkdwn(statusLine(card)) },
    ...reasonBlock(card),
    ...partiesBlock(card),
    ...(fields.length > 0 ? [{ type: "section", fields } as const] : []),
    { type: "context", elements: [plain(origin(card))] },
    ...openButton(card),
  ];
}

function statusLine(card: Card): string {
  const { emoji, word } = statusWords[card.status];
  const since = card.since === null ? "" : ` · ${dateToken(card.since)}`;
  const claim = card.unconfirmed === null ? "" : `\n⏳ ${cardWords.unconfirmed(card.unconfirmed)}`;
  return `${emoji} *${word}*${since}\n${progressWords(card)}${claim}`;
}

function reasonBlock({ reason }: Card): KnownBlock[] {
  const quoted = quote(reason ?? "", quoteLimits.reason);
  return quoted === "" ? [] : [{ type: "section", text: plain(`${cardWords.reason}: ${quoted}`) }];
}

function partiesBlock({ parties }: Card): KnownBlock[] {
  if (parties.length === 0) return [];
  const { sectionText } = slackLimits;
  const lines = parties.map(partyLine);
  const text = fitLines(lines, quoteLimits.parties, sectionText, cardWords.moreParties);
  return [{ type: "section", text: mrkdwn(text) }];
}

function partyLine(party: Party): string {
  const { emoji, words } = partyWords(party);
  const at = party.at === null ? "" : ` ${dateToken(party.at)}`;
  const why = party.status === "signed" ? "" : quote(party.reason ?? "", quoteLimits.partyReason);
  const reason = why === "" ? "" : ` (${literal(why)})`;
  return `${emoji} ${literal(personWords(party.name))}: ${words}${at}${reason}`;
}

function detailFields(card: Card): MrkdwnElement[] {
  const { sender, amount, expiresAt } = card;
  const details = [
    sender === null ? null : field(cardWords.from, quote(sender, quoteLimits.name)),
    amount === null ? null : field(cardWords.amount, amountText(amount)),
    expiresAt === null ? null : mrkdwn(`*${cardWords.expires}* ${dateToken(expiresAt)}`),
    ...card.deals.slice(0, quoteLimits.deals).map(dealField),
  ];
  return details.filter((detail) => detail !== null);
}

function dealField({ crm, recordId }: Deal): MrkdwnElement {
  return field(dealWords(crm), quote(recordId, quoteLimits.id));
}

function field(label: string, value: string): MrkdwnElement {
  return mrkdwn(`*${label}* ${literal(value)}`);
}

/** With the currency's sign where it is one, by ISO 4217; else as it came. */
function amountText({ value, currency }: NonNullable<Card["amount"]>): string {
  if (currency !== null && /^[A-Z]{3}$/.test(currency)) {
    return new Intl.NumberFormat("en", { style: "currency", currency }).format(value);
  }
  const number = new Intl.NumberFormat("en").format(value);
  return currency === null ? number : `${number} ${quote(currency, quoteLimits.name)}`;
}

function origin({ provider, contractId }: Card): string {
  return `${quote(provider, quoteLimits.name)} · ${quote(contractId, quoteLimits.id)}`;
}

function openButton({ url, title }: Card): ActionsBlock[] {
  if (url === null || url.length > slackLimits.buttonUrl) return [];
  const label = cardWords.openLabel(title);
  const button = {
    type: "button",
    action_id: openAction,
    text: plain(cardWords.open),
    url,
    accessibility_label: quote(label, slackLimits.accessibilityLabel),
  } as const;
  return [{ type: "actions", elements: [button] }];
}
