import { providerById } from "@countersign/core";
import {
  amountPhrase,
  contractPhrases,
  eventPhrase,
  ownerPhrase,
  strangerName,
} from "../words/filter-words.ts";
import {
  broadcastSentence,
  digestOpening,
  openings,
  ruleWords,
} from "../words/subscription-words.ts";
import { usualDigest } from "./digest-times.ts";
import { normalRule, wantedOf, type Wanted } from "./normal-rule.ts";
import type { Owner } from "./rule.ts";
import type { Terms } from "./terms.ts";

/** A person's name, or null where it is not known. */
export type NameOf = (userId: string) => string | null;

/**
 * What a subscription does, in one or two sentences of plain text, to be shown literally. Rules of the same
 * meaning are explained alike, in whatever order they name things.
 */
export function explainTerms(terms: Terms, nameOf: NameOf): string {
  const { mode, broadcast } = terms;
  const rule = normalRule(terms.rule);
  const [include, exclude] = [wantedOf(rule.include), wantedOf(rule.exclude)];
  const opening = openingOf(terms);
  const wanted = phrasesOf(include, nameOf);
  const unwanted = phrasesOf(exclude, nameOf);
  const which = wanted.length === 0 ? "" : ` ${wanted.join(", ")}`;
  const except = unwanted.length === 0 ? "" : ruleWords.except(unwanted);
  const sentence = `${opening}${which}${except}${eventsOf(include, exclude, mode === "list")}.`;
  return mode === "thread" && broadcast ? `${sentence} ${broadcastSentence}` : sentence;
}

function openingOf({ mode, digest }: Terms): string {
  return mode === "digest" ? digestOpening(digest ?? usualDigest) : openings[mode];
}

function eventsOf(include: Wanted, exclude: Wanted, isList: boolean): string {
  const asked = include.event.length === 0 ? null : eventPhrase(include.event);
  const left = exclude.event.length === 0 ? "" : ruleWords.notWhen(eventPhrase(exclude.event));
  if (isList) return `${ruleWords.eachTime(asked ?? ruleWords.anything)}${left}`;
  return `${asked === null ? "" : ruleWords.when(asked)}${left}`;
}

function phrasesOf(wanted: Wanted, nameOf: NameOf): string[] {
  const { provider, amount, owner } = wanted;
  const titles = provider.map((name) => providerById(name)?.title ?? name);
  const phrase = (key: "template" | "tag" | "account" | "pipeline" | "stage") =>
    wanted[key].length === 0 ? [] : [contractPhrases[key](wanted[key])];
  return [
    ...(titles.length === 0 ? [] : [contractPhrases.provider(titles)]),
    ...(amount.length === 0 ? [] : [amountPhrase(amount)]),
    ...phrase("template"),
    ...phrase("tag"),
    ...(owner.length === 0 ? [] : [ownerPhrase(owner.map((one) => nameOfOwner(one, nameOf)))]),
    ...phrase("account"),
    ...phrase("pipeline"),
    ...phrase("stage"),
  ];
}

function nameOfOwner(owner: Owner, nameOf: NameOf): string {
  if ("email" in owner) return owner.email;
  return nameOf(owner.userId) ?? strangerName(owner.userId);
}
