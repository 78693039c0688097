import type { Card } from "../contracts/card.ts";
import type { DealFacts } from "../contracts/facts.ts";
import { cardSentence, standingProgress } from "../words/card-words.ts";
import { dealWords } from "../words/deal-words.ts";
import { lineSentence } from "../words/line-words.ts";
import { moreWords } from "../words/name-words.ts";
import { contractsOfWords } from "../words/unfurl-words.ts";
import { contractLine } from "./contract-line.ts";
import { quoteLimits, slackLimits } from "./limits.ts";
import { cut, lineSections, mrkdwn, plain, type Message } from "./message.ts";
import { literal, quote } from "./text.ts";

/** How many contracts are shown beside a link to their deal. */
export const mostUnfurled = 3;

/** What stands below a link to a contract: where it is, and its deals. It offers nothing to press. */
export function contractUnfurl(card: Card): Message {
  const progress = standingProgress(card);
  const about = [
    ...(progress === null ? [] : [progress]),
    ...card.deals.slice(0, quoteLimits.deals).map(dealWords),
    quote(card.provider, quoteLimits.name),
  ];
  return {
    text: literal(cardSentence(card)),
    blocks: [
      { type: "section", text: mrkdwn(contractLine(card)) },
      { type: "context", elements: [plain(about.join(" · "))] },
    ],
  };
}

/** What stands below a link to a deal: its contracts, the latest changed first. `hasMore`: there are others. */
export function dealUnfurl(deal: DealFacts, cards: readonly Card[], hasMore: boolean): Message {
  const heading = contractsOfWords(deal);
  const shown = cards.slice(0, mostUnfurled);
  const sections = lineSections(shown.map(contractLine), {
    atMost: mostUnfurled,
    room: slackLimits.allBlocks - 2_000,
    more: moreWords,
  });
  const text = [`${heading}:`, ...shown.map(lineSentence)].join("\n");
  return {
    text: cut(literal(text), slackLimits.messageText),
    blocks: [
      { type: "context", elements: [plain(hasMore ? `${heading}, the latest` : heading)] },
      ...sections,
    ],
  };
}
