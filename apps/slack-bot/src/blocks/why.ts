import type { KnownBlock } from "@slack/types";
import type { Card } from "../contracts/card.ts";
import { cardSentence, cardWords } from "../words/card-words.ts";
import { listWords } from "../words/list-words.ts";
import { moreWords, titleWords } from "../words/name-words.ts";
import { statusWords } from "../words/status-words.ts";
import { whyWords } from "../words/why-words.ts";
import { slackLimits } from "./limits.ts";
import { cut, lineSections, mrkdwn, type Message } from "./message.ts";
import { pageButtons, type Paging } from "./page-buttons.ts";
import { literal } from "./text.ts";
import {
  deliveryLine,
  effectLine,
  linkLine,
  silenceLine,
  silenceSentence,
  type WhyDelivery,
  type WhyEffect,
  type WhyLink,
  type WhySilence,
} from "./why-lines.ts";

/** How a contract came to be shown as it is, from what came in to what was done. Times are ISO 8601 UTC. */
export type Why = {
  card: Card;
  /** Of this page. */
  deliveries: readonly WhyDelivery[];
  effects: readonly WhyEffect[];
  /** Of all pages. */
  counts: { deliveries: number; effects: number };
  links: readonly WhyLink[];
  silences: readonly WhySilence[];
  /** From 1. The state, its links and the silences stand on the first. */
  page: number;
  paging: Paging;
};

/** How many of each a page shows. */
export const whyPage = { deliveries: 6, effects: 8 };

/** The chain: deliveries with their proof and their events, the state, and each effect. */
export function whyMessage(why: Why): Message {
  const { card, counts, silences, page, paging } = why;
  const title = titleWords(card.title);
  const { word } = statusWords[card.status];
  const said = whyWords.sentence(title, word.toLowerCase(), counts.deliveries, counts.effects);
  const heading = listWords.onPage(whyWords.heading(title), page);
  return {
    text: cut(literal([said, ...silences.map(silenceSentence)].join(" ")), slackLimits.messageText),
    blocks: [
      { type: "section", text: mrkdwn(`🔎 ${literal(heading)}`) },
      ...(page === 1 ? firstPage(why) : laterPage(why)),
      ...pageButtons(paging),
    ],
  };
}

function firstPage({ card, deliveries, effects, links, silences }: Why): KnownBlock[] {
  const came = deliveries.length === 0 ? [whyWords.noDeliveries] : deliveries.map(deliveryLine);
  const did = effects.length === 0 ? [whyWords.noEffects] : effects.map(effectLine);
  return [
    ...part(whyWords.deliveries, came, 3_100),
    ...part(whyWords.state, [stateLine(card), ...links.map(linkLine)], 1_800),
    ...part(whyWords.effects, did, 3_000),
    ...part(whyWords.silences, silences.map(silenceLine), 1_700),
  ];
}

function laterPage({ deliveries, effects }: Why): KnownBlock[] {
  const nothing = deliveries.length + effects.length === 0;
  return [
    ...part(whyWords.deliveries, deliveries.map(deliveryLine), 4_500),
    ...part(whyWords.effects, nothing ? [whyWords.noMore] : effects.map(effectLine), 4_500),
  ];
}

/** Together, with their headings and the buttons to other pages, the parts stay below what a message may hold. */
function part(heading: string, lines: string[], room: number): KnownBlock[] {
  if (lines.length === 0) return [];
  const sections = lineSections(lines, { atMost: mostLines, room, more: moreWords });
  return [{ type: "section", text: mrkdwn(`*${heading}*`) }, ...sections];
}

const mostLines = 12;

function stateLine(card: Card): string {
  const claim = card.unconfirmed === null ? "" : `\n⏳ ${cardWords.unconfirmed(card.unconfirmed)}`;
  return `${statusWords[card.status].emoji} ${literal(cardSentence(card))}${claim}`;
}
