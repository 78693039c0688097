import { clip } from "@countersign/core";
import { nearestOf } from "../nearest.ts";
import { eventGroups, eventWords } from "./event-words.ts";
import type { Fault } from "./fault.ts";
import { normalRule } from "./normal-rule.ts";
import { readFilter } from "./read-filter.ts";
import { options, readOption, termsOf, type Chosen } from "./read-options.ts";
import type { Asker } from "./read-value.ts";
import { keys, ruleLimits, type Filter, type Key, type Rule } from "./rule.ts";
import { asTyped } from "./slack-text.ts";
import { splitWords, type Word } from "./split-words.ts";
import { modes, type Terms } from "./terms.ts";

export type Parsed = { kind: "terms"; terms: Terms } | { kind: "faults"; faults: Fault[] };

const longestText = 2_000;

/**
 * Reads `[+|-]key:value[,value…] … [mode:…] [broadcast:…] [at:…] [days:…]` as Slack sends it. The rule comes
 * in its normal form. Nothing typed means everything, with cards and threads.
 */
export function parseTerms(text: string, asker: Asker): Parsed {
  if (text.length > longestText) return faulty([{ typed: text, problem: "text-too-long" }]);
  const { words, open } = splitWords(asTyped(clip(text, longestText)));
  if (open !== null) return faulty([{ typed: open, problem: "open-quote" }]);
  const read = words.map((word) => readWord(word, asker));
  const faults = read.filter((one) => Array.isArray(one)).flat();
  if (faults.length > 0) return faulty(faults);
  const rule = ruleOf(read.flatMap((one) => ("side" in one ? [one] : [])));
  const terms = termsOf(
    read.flatMap((one) => ("option" in one ? [one] : [])),
    asker,
  );
  const wrong = [...(Array.isArray(terms) ? terms : []), ...faultsOf(rule, words)];
  if (Array.isArray(terms) || wrong.length > 0) return faulty(wrong);
  return { kind: "terms", terms: { rule: normalRule(rule), ...terms } };
}

function faulty(faults: Fault[]): Parsed {
  return { kind: "faults", faults };
}

type Sided = { side: keyof Rule; filter: Filter };

function readWord(word: Word, asker: Asker): Sided | Chosen | Fault[] {
  const { typed, values } = word;
  if (word.key === null) return [{ typed, problem: "no-filter", nearest: guess(typed) }];
  const key = keys.find((known) => known === word.key);
  const option = options.find((known) => known === word.key);
  if (key === undefined && option === undefined) {
    return [{ typed, problem: "unknown-key", nearest: nearestOf(word.key, [...keys, ...options]) }];
  }
  if (values.length === 0) return [{ typed, problem: "no-value", key: word.key }];
  if (option !== undefined) return readOption(option, word);
  return key === undefined ? [] : readSided(key, word, asker);
}

function readSided(key: Key, word: Word, asker: Asker): Sided | Fault[] {
  const filter = readFilter(key, word, asker);
  return Array.isArray(filter)
    ? filter
    : { side: word.sign === "-" ? "exclude" : "include", filter };
}

/** What a word without a colon may be meant to say. */
function guess(typed: string): string | null {
  const word = typed.toLowerCase().replace(/^[+–—−-]/u, "");
  const event = nearestOf(word, [...eventWords, ...eventGroups.keys()]);
  if (event !== null) return `event:${event}`;
  const mode = nearestOf(word, modes);
  return mode === null ? null : `mode:${mode}`;
}

function ruleOf(sided: Sided[]): Rule {
  const of = (side: keyof Rule) =>
    sided.filter((one) => one.side === side).map(({ filter }) => filter);
  return { include: of("include"), exclude: of("exclude") };
}

/** What only the whole rule shows. */
function faultsOf({ include, exclude }: Rule, words: Word[]): Fault[] {
  const typed = words.map((word) => word.typed).join(" ");
  const count = [...include, ...exclude].reduce((sum, { values }) => sum + values.length, 0);
  if (count > ruleLimits.values) return [{ typed, problem: "too-many-values" }];
  const [wanted, unwanted] = [include, exclude].map((filters) =>
    filters.flatMap((filter) => (filter.key === "event" ? filter.values : [])),
  );
  const isEmpty = wanted?.length !== 0 && wanted?.every((word) => unwanted?.includes(word));
  return isEmpty === true ? [{ typed, problem: "nothing-left" }] : [];
}
