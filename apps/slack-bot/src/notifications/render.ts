import { contractCard } from "../blocks/contract-card.ts";
import { contractContext } from "../blocks/contract-line.ts";
import { quoteLimits, slackLimits } from "../blocks/limits.ts";
import { fitLines, mrkdwn, type Message } from "../blocks/message.ts";
import { dateToken, linkTo, literal } from "../blocks/text.ts";
import type { Card } from "../contracts/card.ts";
import type { Happening } from "../contracts/moments.ts";
import { cardSentence } from "../words/card-words.ts";
import { happeningSentence, summaryWords } from "../words/happening-words.ts";
import { moreWords, sentence, titleWords } from "../words/name-words.ts";
import type { Line } from "./announce.ts";

/** The card as a message. The same card gives the same message, whenever it is rendered. */
export function renderCard(card: Card): Message {
  return { text: literal(cardSentence(card)), blocks: contractCard(card) };
}

/** A line as a message below the card. */
export function renderLine(line: Line, card: Card): Message {
  return {
    text: lineText(line, card),
    blocks: [{ type: "section", text: mrkdwn(lineWords(line)) }],
  };
}

/** A line as a message that stands in the channel without a card, and so says which contract it is about. */
export function renderListed(line: Line, card: Card): Message {
  const title = linkTo(card.url, titleWords(card.title));
  return {
    text: lineText(line, card),
    blocks: [
      { type: "section", text: mrkdwn(`📄 ${title}\n${lineWords(line)}`) },
      contractContext(card),
    ],
  };
}

function lineText(line: Line, card: Card): string {
  const [first] = line.happenings;
  if (line.kind === "summary" || first === undefined) {
    return literal(`${summaryWords.head(line.happenings.length)}. ${cardSentence(card)}`);
  }
  return literal(sentence(`“${titleWords(card.title)}”: ${happeningSentence(first).words}`));
}

function lineWords({ kind, happenings }: Line): string {
  const lines = happenings.map(happeningLine);
  const [first] = lines;
  if (kind === "happening" && first !== undefined) return first;
  const room = slackLimits.sectionText - summaryRoom;
  const list = fitLines(lines, quoteLimits.happenings, room, moreWords);
  return `*${summaryWords.head(happenings.length)}*\n${list}`;
}

/** What stands above a summary's list: its heading, and the contract's title with its link. */
const summaryRoom = 1_300;

function happeningLine(happening: Happening): string {
  const { emoji, words } = happeningSentence(happening);
  return `${emoji} ${literal(words)} · ${dateToken(happening.at)}`;
}
