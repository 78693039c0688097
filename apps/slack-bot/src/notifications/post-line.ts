import { recordSkip, settleEffect, type Effect, type Store } from "@countersign/store";
import type { Message } from "../blocks/message.ts";
import type { Channel } from "../slack/channel.ts";
import type { Line } from "./announce.ts";
import { kinds, lineKey, type LinePlan } from "./ledger.ts";
import { perform } from "./perform.ts";

export type Thread = {
  contractId: string;
  /** The card's ts. */
  ts: string;
  /** This contract's effects in this channel. */
  effects: Effect[];
  /** How many lines are still to be said, this one included, and whether Slack was called in this look. */
  left: number;
  begun: boolean;
};

/**
 * Posts the line below the card, once, and notes for each further event that it tells of where it went.
 * Whether Slack was called.
 */
export async function postLine(
  store: Store,
  channel: Channel,
  thread: Thread,
  line: Line,
  message: Message,
): Promise<boolean> {
  const { contractId, ts, left, begun } = thread;
  const key = lineKey(channel.id, line.key);
  const plan: LinePlan = { text: message.text, thread: ts, covers: line.covers };
  const effect = {
    destination: "slack",
    contractId,
    target: channel.id,
    key,
    kind: kinds.line,
    plan,
  };
  const mark = { type: "countersign_line", contractId, key } as const;
  const performed = await perform(store, channel, {
    plan: effect,
    wish: { method: "chat.postMessage", calls: left, begun },
    call: () => channel.post(message, mark, ts),
  });
  const noted = line.covers.slice(1).map((eventId) => {
    return noteCovered(store, thread, line, { ...effect, key: lineKey(channel.id, eventId) });
  });
  await Promise.all(noted);
  return performed.end !== "left";
}

/** An attempt of its own that the event may have had before gives way to the line that tells of it now. */
async function noteCovered(
  store: Store,
  { effects }: Thread,
  { kind, key }: Line,
  plan: Parameters<typeof recordSkip>[1],
): Promise<void> {
  const why = {
    code: kind === "summary" ? "summed-up" : "same-moment",
    message: `Told by the line of event ${key}.`,
  };
  const earlier = effects.find((effect) => effect.key === plan.key);
  if (earlier === undefined) await recordSkip(store, plan, why);
  else await settleEffect(store, earlier.id, { status: "skipped", ...why });
}
