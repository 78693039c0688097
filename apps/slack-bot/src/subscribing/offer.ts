import { readHistory } from "@countersign/store";
import { peopleIn, nameOwner, type NamedPerson } from "../audience/name-owner.ts";
import { termsOf, type Kept } from "../audience/kept.ts";
import { personOf } from "../acting/people.ts";
import type { Asking } from "../asking.ts";
import { sentenceMessage, type Message } from "../blocks/message.ts";
import { offerMessage } from "../blocks/subscription-offer.ts";
import { readFacts } from "../contracts/read-facts.ts";
import type { Ports } from "../ports.ts";
import { explainTerms, type NameOf } from "../subscriptions/explain.ts";
import { parseTerms } from "../subscriptions/parse.ts";
import { previewDays, previewOf, type Past } from "../subscriptions/preview.ts";
import type { Rule } from "../subscriptions/rule.ts";
import type { Terms } from "../subscriptions/terms.ts";
import { faultSentence } from "../words/subscription-fault-words.ts";
import { subscribeWords } from "../words/subscribe-words.ts";
import { changeableChannel, namesIn, type AskedChannel } from "./channel.ts";

/** Contracts that a preview looks through, the latest changed: as many as can be answered within a second. */
const mostLookedThrough = 1_000;

/** More than a message can list. */
const mostSubscriptions = 15;

/** What the typed subscription would do and would have posted, with buttons to confirm it. Nothing is changed. */
export async function offerSubscription(
  ports: Ports,
  asking: Asking,
  typed: string,
): Promise<Message> {
  const asked = await changeableChannel(ports, asking);
  if (typeof asked === "string") return sentenceMessage(asked);
  const read = await readTyped(ports, asking, typed);
  if (Array.isArray(read)) return sentenceMessage(read.join("\n"));
  const same = sameRule(asked.kept, read.rule);
  if (same === undefined && termsOf(asked.kept).length >= mostSubscriptions) {
    return sentenceMessage(subscribeWords.tooMany(mostSubscriptions));
  }
  const nameOf = await namesIn(ports, asking.workspace, [
    read.rule,
    ...termsOf(asked.kept).map(({ terms }) => terms.rule),
  ]);
  const rule = explainTerms(read, nameOf);
  if (same !== undefined && same.stopped === null && isSameTerms(same.terms, read)) {
    return sentenceMessage(subscribeWords.already(rule));
  }
  const { past, isAll } = await readPast(ports, asking.workspace, [read.rule]);
  const preview = previewOf(read, past, ports.store().now());
  const notes = notesOn(asked, same?.terms, nameOf);
  return offerMessage({ rule, notes, preview, isAll, typed });
}

/** What was typed as terms, or what is wrong with it. */
export async function readTyped(
  ports: Ports,
  asking: Asking,
  typed: string,
): Promise<Terms | string[]> {
  const { timezone } = await personOf(ports, asking);
  const parsed = parseTerms(typed, {
    userId: asking.userId,
    timezone: timezone ?? ports.workingHours.timezone,
    sources: ports.sources.names,
  });
  return parsed.kind === "terms" ? parsed.terms : parsed.faults.map(faultSentence);
}

/** The channel's subscription with the same rule, which a new one takes the place of. */
export function sameRule(kept: readonly Kept[], rule: Rule) {
  const wanted = JSON.stringify(rule);
  return termsOf(kept).find(({ terms }) => JSON.stringify(terms.rule) === wanted);
}

export function isSameTerms(a: Terms, b: Terms): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What else changes in the channel. */
function notesOn(asked: AskedChannel, same: Terms | undefined, nameOf: NameOf): string[] {
  const isFirst = termsOf(asked.kept).length === 0;
  return [
    ...(same === undefined ? [] : [subscribeWords.insteadOf(explainTerms(same, nameOf))]),
    ...(asked.isDefault && isFirst ? [subscribeWords.insteadOfDefault] : []),
    ...(asked.isStopped ? [subscribeWords.beginsAnew] : []),
  ];
}

/** What is stored of the last days, with the owners named whom the rules ask for. */
async function readPast(
  ports: Ports,
  workspace: string,
  rules: readonly Rule[],
): Promise<{ past: Past[]; isAll: boolean }> {
  const store = ports.store();
  const since = new Date(store.now().getTime() - previewDays * 86_400_000);
  const [history, people] = await Promise.all([
    readHistory(store, since, mostLookedThrough + 1),
    addressesOf(ports, workspace, rules),
  ]);
  const past = history.slice(0, mostLookedThrough).map(async ({ contract, events }) => {
    const facts = await readFacts(store, ports, contract);
    return { facts: nameOwner(facts, people), events };
  });
  return { past: await Promise.all(past), isAll: history.length <= mostLookedThrough };
}

async function addressesOf(
  ports: Ports,
  workspace: string,
  rules: readonly Rule[],
): Promise<NamedPerson[]> {
  const people = peopleIn(rules).map(async (userId) => {
    const person = await personOf(ports, { workspace, userId }).catch(() => null);
    return person?.email == null ? [] : [{ userId, email: person.email }];
  });
  return (await Promise.all(people)).flat();
}
