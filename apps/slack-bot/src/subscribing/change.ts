import {
  changeSubscription,
  regainPlace,
  removeSubscription,
  saveSubscription,
} from "@countersign/store";
import type { Json } from "@countersign/core";
import type { Asking } from "../asking.ts";
import { sentenceMessage, type Message } from "../blocks/message.ts";
import type { Ports } from "../ports.ts";
import { subscribeWords } from "../words/subscribe-words.ts";
import { rowOf, termsOf, type Kept } from "../audience/kept.ts";
import { askedChannel, changeableChannel, explainKept, type AskedChannel } from "./channel.ts";
import { isSameTerms, readTyped, sameRule } from "./offer.ts";

/** Makes the typed subscription count from now on, and says what the channel hears of then. */
export async function confirmSubscription(
  ports: Ports,
  asking: Asking,
  typed: string,
): Promise<Message> {
  const asked = await changeableChannel(ports, asking);
  if (typeof asked === "string") return sentenceMessage(asked);
  const terms = await readTyped(ports, asking, typed);
  if (Array.isArray(terms)) return sentenceMessage(terms.join("\n"));
  const same = sameRule(asked.kept, terms.rule);
  if (same === undefined) await addRow(ports, asking, asked, terms);
  else if (same.stopped !== null || !isSameTerms(same.terms, terms)) {
    await changeRow(ports, asking, same, terms);
  }
  await beginAnew(ports, asking, asked, same?.id ?? null);
  return sayState(ports, asking, subscribeWords.subscribed);
}

/** Takes subscriptions away, and says what the channel hears of then. */
export async function unsubscribeFrom(
  ports: Ports,
  asking: Asking,
  { kept, spot }: AskedChannel,
  ids: readonly string[],
): Promise<Message> {
  const store = ports.store();
  const gone = kept.filter(({ id }) => ids.includes(id));
  const words = await explainKept(ports, spot.workspace, gone);
  const removed = await Promise.all(gone.map(({ id }) => removeSubscription(store, id)));
  if (!removed.includes(true)) return sentenceMessage(subscribeWords.goneAlready);
  return sayState(ports, asking, subscribeWords.unsubscribed([...words.values()]));
}

export async function addRow(
  ports: Ports,
  { userId }: Asking,
  { spot }: AskedChannel,
  rule: Json,
): Promise<void> {
  const row = { destination: "slack", ...spot, rule, madeBy: userId };
  await saveSubscription(ports.store(), row);
}

export async function changeRow(
  ports: Ports,
  { userId: madeBy }: Asking,
  { id }: Pick<Kept, "id">,
  rule: Json,
): Promise<void> {
  await changeSubscription(ports.store(), id, { rule, madeBy });
}

/** Whoever subscribes a channel says that it can be posted to: what was stopped there begins anew. */
async function beginAnew(
  ports: Ports,
  { userId }: Asking,
  { spot, kept }: AskedChannel,
  changed: string | null,
): Promise<void> {
  const store = ports.store();
  await regainPlace(store, { destination: "slack", channel: spot.channel });
  const stopped = kept.filter(({ id, stopped: why }) => why !== null && id !== changed);
  for (const one of stopped) {
    const rule = rowOf(one);
    if (rule !== null)
      await changeSubscription(store, one.id, { rule, madeBy: one.madeBy || userId });
  }
}

/** What was done, and what the channel hears of now. */
export async function sayState(ports: Ports, asking: Asking, done: string): Promise<Message> {
  const asked = await askedChannel(ports, asking);
  if (asked === null) return sentenceMessage(done);
  const words = await explainKept(ports, asked.spot.workspace, asked.kept);
  const heard = [...words.values()];
  const isSubscribed = termsOf(asked.kept).length > 0;
  const state = [
    ...(isSubscribed
      ? []
      : [asked.isDefault ? subscribeWords.isDefault : subscribeWords.hearsNothing]),
    ...(heard.length === 0 ? [] : [subscribeWords.inWords(heard)]),
  ];
  return sentenceMessage([done, ...state].join("\n"));
}
