import type { KnownBlock } from "@slack/types";
import type { Card } from "../contracts/card.ts";
import { cardWords, endingWords, endReasonWords, standingProgress } from "../words/card-words.ts";
import { titleWords } from "../words/name-words.ts";
import { statusWords } from "../words/status-words.ts";
import { cardButtons } from "./card-buttons.ts";
import { deadlineBlock, detailsBlock } from "./card-details.ts";
import { attentionBlock, partiesBlock } from "./card-parties.ts";
import { quoteLimits, slackLimits } from "./limits.ts";
import { mrkdwn, plain } from "./message.ts";
import { dateToken, literal, quote } from "./text.ts";

/** How a contract looks in Slack. An ending shows in the heading already. */
export function contractCard(card: Card): KnownBlock[] {
  const above: KnownBlock[] = [
    { type: "header", text: plain(heading(card)) },
    { type: "section", text: mrkdwn(statusLine(card)) },
    ...attentionBlock(card),
    ...reasonBlock(card),
    ...deadlineBlock(card),
  ];
  const below: KnownBlock[] = [
    ...detailsBlock(card),
    { type: "context", elements: [plain(origin(card))] },
    ...cardButtons(card),
  ];
  return [...above, ...partiesBlock(card, roomBeside([...above, ...below])), ...below];
}

/** What a section may hold beside these blocks; a quotation mark takes two characters on its way. */
function roomBeside(blocks: KnownBlock[]): number {
  const left = slackLimits.allBlocks - JSON.stringify(blocks).length - 100;
  return Math.min(slackLimits.sectionText, Math.floor(left / 2));
}

function heading({ isOpen, status, title }: Card): string {
  const { emoji, word } = statusWords[status];
  return isOpen ? titleWords(title) : `${emoji} ${word}: ${titleWords(title)}`;
}

function statusLine(card: Card): string {
  const { emoji, word } = statusWords[card.status];
  const since = card.since === null ? "" : ` · ${dateToken(card.since)}`;
  const ending = endingWords(card);
  const means = ending === "" ? "" : literal(`: ${ending}`);
  const claim = card.unconfirmed === null ? "" : `\n⏳ ${cardWords.unconfirmed(card.unconfirmed)}`;
  const progress = standingProgress(card);
  const count = progress === null ? "" : `\n${progress}`;
  return `${emoji} *${word}*${means}${since}${count}${claim}`;
}

function reasonBlock(card: Card): KnownBlock[] {
  const reason = endReasonWords(card);
  return reason === null
    ? []
    : [{ type: "section", text: plain(`${cardWords.reason}: ${reason}`) }];
}

function origin({ provider, contractId }: Card): string {
  return `${quote(provider, quoteLimits.name)} · ${quote(contractId, quoteLimits.id)}`;
}
