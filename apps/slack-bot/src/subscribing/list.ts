import type { Message } from "../blocks/message.ts";
import { sentenceMessage } from "../blocks/message.ts";
import { subscriptionList, type ListedSubscription } from "../blocks/subscription-list.ts";
import { termsOf } from "../audience/kept.ts";
import type { Ports } from "../ports.ts";
import { subscribeWords as words } from "../words/subscribe-words.ts";
import { explainKept, type AskedChannel } from "./channel.ts";

/** The channel's subscriptions in words: what is stopped, and what it hears of where it has none. */
export async function listSubscriptions(
  ports: Ports,
  asked: AskedChannel,
  { heading, removable }: { heading: string; removable: boolean },
): Promise<Message> {
  const { kept, isDefault, isStopped, spot } = asked;
  const isSubscribed = termsOf(kept).length > 0;
  const notes = [
    ...(isSubscribed ? [] : [isDefault ? words.isDefault : words.hearsNothing]),
    ...(isStopped ? [words.stoppedAdvice] : []),
  ];
  if (kept.length === 0) return sentenceMessage(notes.join("\n"));
  const rules = await explainKept(ports, spot.workspace, kept);
  const listed = kept.map(({ id, madeBy, madeAt, stopped }): ListedSubscription => ({
    id,
    rule: rules.get(id) ?? "",
    madeBy,
    madeAt,
    stopped: stopped?.message ?? null,
  }));
  return subscriptionList(heading, listed, { notes, removable });
}
