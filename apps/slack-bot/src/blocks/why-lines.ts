import type { Effect, Link } from "@countersign/store";
import {
  effectKindWords,
  effectWords,
  foundByWords,
  proofWords,
  whyWords,
  type Proof,
} from "../words/why-words.ts";
import { recordWords } from "../words/deal-words.ts";
import { moreWords, sentence } from "../words/name-words.ts";
import { quoteLimits } from "./limits.ts";
import { dateToken, literal, quote } from "./text.ts";

export type WhyDelivery = {
  at: string;
  source: string;
  times: number;
  proof: Proof;
  /** From 1; null where no secret proved it. */
  secret: number | null;
  /** SHA-256 of the body, in hex. */
  digest: string;
  /** What it was the first to prove, in words, and when that happened; null where it is no happening. */
  proves: readonly { words: string; at: string | null }[];
};

export type WhyEffect = {
  status: Effect["status"];
  kind: string;
  /** `slack`, `hubspot` … */
  destination: string;
  /** The record, as people know it, or Slack's id of the channel. */
  target: string;
  at: string | null;
  code: string | null;
  message: string | null;
  /** The values that it replaced, where it says so; the names alone for whoever may not see them. */
  changes: readonly ({ name: string } | WhyChange)[];
};

type WhyChange = { name: string; before: string | null; after: string | null };

/** A deal that the contract is tied to, and what found it. */
export type WhyLink = { crm: string; name: string } & Pick<Link, "foundBy" | "detail">;

/** Why something is not done, in our own words, and until when that is so. */
export type WhySilence = { words: string; until: string | null };

/** How much of a digest tells two deliveries apart. */
const digestShown = 12;

/** When and whence it came, how it was proved; below, what it proves. */
export function deliveryLine(delivery: WhyDelivery): string {
  const { at, source, times, proof, secret, digest, proves } = delivery;
  const pieces = [
    whyWords.from(quote(source, quoteLimits.name)),
    whyWords.times(times),
    proofWords(proof, secret),
    whyWords.digest(digest.slice(0, digestShown)),
  ].filter((piece) => piece !== null);
  const shown = proves.slice(0, quoteLimits.people).map((event) => {
    const words = literal(quote(event.words, quoteLimits.name));
    return event.at === null ? words : `${words} · ${dateToken(event.at)}`;
  });
  const left = proves.length - shown.length;
  const events = [...shown, ...(left > 0 ? [moreWords(left)] : [])];
  return [
    `📥 ${dateToken(at)} · ${literal(pieces.join(" · "))}`,
    ...events.map((event) => `↳ ${event}`),
  ].join("\n");
}

/** What was done where, how that ended, and what it replaced. */
export function effectLine(effect: WhyEffect): string {
  const { emoji, word } = effectWords[effect.status];
  const why = [effect.code, effect.message].flatMap((text) => text ?? []).join(": ");
  const channel = channelToken(effect);
  const before = [
    `${effectKindWords(quote(effect.kind, quoteLimits.crm))}: ${word}`,
    quote(effect.destination, quoteLimits.name),
    ...(channel === null ? [quote(effect.target, quoteLimits.name)] : []),
  ];
  const after = [
    ...effect.changes.slice(0, quoteLimits.people).map(changeWords),
    quote(why, quoteLimits.partyReason),
  ];
  const pieces = [
    literal(before.filter((piece) => piece !== "").join(" · ")),
    channel ?? "",
    literal(after.filter((piece) => piece !== "").join(" · ")),
    effect.at === null ? "" : dateToken(effect.at),
  ];
  return `${emoji} ${pieces.filter((piece) => piece !== "").join(" · ")}`;
}

/** Slack names the channel to whoever may know it, and pings nobody; direct messages have no name. */
function channelToken({ destination, target }: WhyEffect): string | null {
  if (destination !== "slack") return null;
  if (/^D[A-Z0-9]+$/.test(target)) return whyWords.directMessages;
  return /^[CG][A-Z0-9]+$/.test(target) ? `<#${target}>` : null;
}

export function linkLine({ crm, name, foundBy, detail }: WhyLink): string {
  const record = `${recordWords(crm)} “${quote(name, quoteLimits.name)}”`;
  return `🔗 ${literal(`${record} · ${foundByWords(foundBy, quote(detail, quoteLimits.crm))}`)}`;
}

export function silenceLine(silence: WhySilence): string {
  const words = literal(silenceSentence(silence));
  return silence.until === null
    ? `▫️ ${words}`
    : `▫️ ${words} ${whyWords.until} ${dateToken(silence.until)}`;
}

export function silenceSentence({ words }: WhySilence): string {
  return sentence(quote(words, quoteLimits.detail));
}

function changeWords(change: WhyEffect["changes"][number]): string {
  const name = quote(change.name, quoteLimits.crm);
  if (!("before" in change)) return name;
  return whyWords.replaced(name, valueWords(change.before), valueWords(change.after));
}

function valueWords(value: string | null): string {
  return value === null ? whyWords.nothing : quote(value, quoteLimits.crm);
}
