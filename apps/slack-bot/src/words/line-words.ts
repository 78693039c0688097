import { quoteLimits } from "../blocks/limits.ts";
import type { Card } from "../contracts/card.ts";
import { attentionWords } from "./card-words.ts";
import { peopleWords, sentence, titleWords } from "./name-words.ts";
import { statusWords } from "./status-words.ts";

/** Where a contract stands, in the few words of a line, to be followed by the time since when. */
export function standingWords(card: Card): string {
  const [trouble] = card.attention;
  if (trouble !== undefined) return attentionWords(trouble);
  const next = card.parties.filter(({ isNext }) => isNext).map(({ name }) => name);
  const { word } = statusWords[card.status];
  return next.length === 0 ? word : `${word}, waits for ${peopleWords(next)}`;
}

/** The same as a sentence, for notifications and screen readers. */
export function lineSentence(card: Card): string {
  return sentence(`“${titleWords(card.title, quoteLimits.lineTitle)}”: ${standingWords(card)}`);
}

export const lineWords = {
  since: "since",
  expiresSoon: "expires",
};
