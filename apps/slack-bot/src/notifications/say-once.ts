import type { Json } from "@countersign/core";
import { readEffect, type Store } from "@countersign/store";
import type { Message } from "../blocks/message.ts";
import type { Channel } from "../slack/channel.ts";
import { perform } from "./perform.ts";
import { settleDoubts } from "./settle-doubts.ts";

/** What is to be said in a channel once, about no single contract. `key` names the occasion in the whole ledger. */
export type Saying = {
  key: string;
  kind: string;
  message: Message;
  /** What else the ledger is to remember of it. */
  more?: Readonly<Record<string, Json>>;
};

/** Whether it stands in Slack, and what the ledger remembers of it: of who came first, where that was another. */
export type Said = { isSaid: boolean; plan: Json };

/**
 * Says it, unless it has been said; where that is unknown, Slack is asked first. What was refused for good is not
 * tried again. Throws as `follow` expects it.
 */
export async function sayOnce(store: Store, channel: Channel, saying: Saying): Promise<Said> {
  const { key, kind, message } = saying;
  const known = await readEffect(store, key);
  if (known !== null && known.status !== "planned") return saidBy(known);
  if (known !== null) await settleDoubts(store, channel, [known]);
  const about = { destination: "slack", contractId: null, target: channel.id };
  const plan = { ...saying.more, text: message.text };
  const performed = await perform(store, channel, {
    plan: { ...about, key, kind, plan },
    wish: { method: "chat.postMessage", calls: 1, begun: false },
    call: () => channel.post(message, { type: "countersign_notice", contractId: null, key }, null),
  });
  if (performed.end === "done") return { isSaid: true, plan };
  const other = await readEffect(store, key);
  return other === null ? { isSaid: false, plan: null } : saidBy(other);
}

function saidBy({ status, plan }: { status: string; plan: Json }): Said {
  return { isSaid: status === "done", plan };
}
