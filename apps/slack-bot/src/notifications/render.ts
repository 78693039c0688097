import { contractCard } from "../blocks/contract-card.ts";
import { quoteLimits, slackLimits } from "../blocks/limits.ts";
import { fitLines, mrkdwn, type Message } from "../blocks/message.ts";
import { dateToken, literal } from "../blocks/text.ts";
import {
  cardSentence,
  happeningSentence,
  sentence,
  summaryWords,
  titleWords,
} from "../blocks/words.ts";
import type { Line } from "./announce.ts";
import type { Happening } from "../contracts/moments.ts";
import type { Card } from "../contracts/card.ts";

/** The card as a message. The same card gives the same message, whenever it is rendered. */
export function renderCard(card: Card): Message {
  return { text: literal(cardSentence(card)), blocks: contractCard(card) };
}

/** A line as a message below the card. */
export function renderLine(line: Line, card: Card): Message {
  const [first] = line.happenings;
  if (line.kind === "summary" || first === undefined) return renderSummary(line, card);
  const { words } = happeningSentence(first);
  return {
    text: literal(sentence(`“${titleWords(card.title)}”: ${words}`)),
    blocks: [{ type: "section", text: mrkdwn(happeningLine(first)) }],
  };
}

function renderSummary({ happenings }: Line, card: Card): Message {
  const head = summaryWords.head(happenings.length);
  const lines = happenings.map(happeningLine);
  const { sectionText } = slackLimits;
  const list = fitLines(lines, quoteLimits.happenings, sectionText - 100, summaryWords.more);
  return {
    text: literal(`${head}. ${cardSentence(card)}`),
    blocks: [{ type: "section", text: mrkdwn(`*${head}*\n${list}`) }],
  };
}

function happeningLine(happening: Happening): string {
  const { emoji, words } = happeningSentence(happening);
  return `${emoji} ${literal(words)} · ${dateToken(happening.at)}`;
}
