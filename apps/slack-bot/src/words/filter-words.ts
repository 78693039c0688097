// How the filters of a subscription are said. Names come in as they are, and go out quoted.

import { quote } from "../blocks/text.ts";
import type { AmountRange } from "../subscriptions/amount-range.ts";
import type { EventWord } from "../subscriptions/event-words.ts";
import type { TextKey } from "../subscriptions/rule.ts";

const valueLength = 60;

/** Which contracts: to follow “contract” or “those”. */
export const contractPhrases: Record<TextKey, (values: string[]) => string> = {
  provider: (values) => `of ${either(values.map((value) => quote(value, valueLength)))}`,
  template: (values) => `whose template or title has ${eitherQuoted(values)}`,
  tag: (values) => `tagged ${eitherQuoted(values)}`,
  account: (values) => `of the account ${eitherQuoted(values)}`,
  pipeline: (values) => `in the pipeline ${eitherQuoted(values)}`,
  stage: (values) => `in the stage ${eitherQuoted(values)}`,
};

export function ownerPhrase(names: string[]): string {
  return `owned by ${either(names.map((name) => quote(name, valueLength)))}`;
}

export const strangerName = (userId: string) => `the person with the id ${userId}`;

function eitherQuoted(values: string[]): string {
  return either(values.map((value) => `“${quote(value, valueLength)}”`));
}

export function amountPhrase(ranges: AmountRange[]): string {
  return either(ranges.map(rangeWords));
}

function rangeWords({ least, most, currency }: AmountRange): string {
  const words = (bound: { value: number }) =>
    `${bound.value.toLocaleString("en-US")}${currency === null ? "" : ` ${currency}`}`;
  if (least !== null && most !== null) {
    if (least.value === most.value) return `of exactly ${words(least)}`;
    return `of ${least.value.toLocaleString("en-US")} to ${words(most)}`;
  }
  if (least !== null)
    return least.included ? `of at least ${words(least)}` : `above ${words(least)}`;
  if (most !== null) return most.included ? `of at most ${words(most)}` : `below ${words(most)}`;
  return currency === null ? "of any amount" : `of any amount in ${currency}`;
}

/** What happens to a contract: what it is then, or a clause of its own. */
const eventPhrases: Record<EventWord, { it: string } | { clause: string }> = {
  sent: { it: "sent" },
  viewed: { it: "viewed" },
  signed: { it: "signed by somebody" },
  completed: { it: "completed" },
  declined: { it: "declined" },
  voided: { it: "voided" },
  expired: { clause: "it expires" },
  bounced: { clause: "a mail about it bounces" },
  reassigned: { it: "handed to another signer" },
  corrected: { it: "corrected" },
  "auth-failed": { clause: "a signer fails to prove who they are" },
};

export function eventPhrase(words: EventWord[]): string {
  const phrases = words.map((word) => eventPhrases[word]);
  const it = either(phrases.flatMap((phrase) => ("it" in phrase ? [phrase.it] : [])));
  const clauses = phrases.flatMap((phrase) => ("clause" in phrase ? [phrase.clause] : []));
  return either([...(it === "" ? [] : [`it is ${it}`]), ...clauses], ",");
}

/** `A, B or C`. */
function either(words: string[], before = ""): string {
  const last = words.at(-1) ?? "";
  if (words.length < 2) return last;
  return `${words.slice(0, -1).join(", ")}${before} or ${last}`;
}
