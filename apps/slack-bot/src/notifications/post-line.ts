import { recordSkip, settleEffect, type Effect, type Store } from "@countersign/store";
import type { Message } from "../blocks/message.ts";
import type { Channel } from "../slack/channel.ts";
import type { Line } from "./announce.ts";
import { kinds, lineKey, type LinePlan } from "./ledger.ts";
import { perform } from "./perform.ts";
import type { Silence, Target } from "./target.ts";

export type Thread = {
  contractId: string;
  /** The card's ts; null where lines stand in the channel itself. */
  ts: string | null;
  /** This contract's effects in this channel. */
  effects: Effect[];
  /** How many lines are still to be said, this one included, and whether Slack was called in this look. */
  left: number;
  begun: boolean;
};

/**
 * Posts the line once, and notes for each further event that it tells of where it went. Whether Slack was
 * called.
 */
export async function postLine(
  store: Store,
  { channel, broadcast }: Target,
  thread: Thread,
  line: Line,
  message: Message,
): Promise<boolean> {
  const { contractId, ts, left, begun } = thread;
  const effect = lineEffect(channel, contractId, line, { text: message.text, thread: ts });
  const mark = { type: "countersign_line", contractId, key: effect.key } as const;
  const performed = await perform(store, channel, {
    plan: effect,
    wish: { method: "chat.postMessage", calls: left, begun },
    call: () => channel.post(message, mark, ts === null ? null : { ts, broadcast }),
  });
  const why = {
    code: line.kind === "summary" ? "summed-up" : "same-moment",
    message: `Told by the line of event ${line.key}.`,
  };
  const others = line.covers.slice(1).map((id) => lineKey(channel.id, id));
  await Promise.all(others.map((key) => writeSkip(store, thread.effects, { ...effect, key }, why)));
  return performed.end !== "left";
}

const passedOver: Partial<Record<Silence, string>> = {
  muted: "The contract is muted here.",
  collapsed: "Too much was going on here; it is in the summary.",
  digest: "This channel gets a digest.",
};

/** Notes that lines are not said here, now or later. What is snoozed is said later. */
export async function passOver(
  store: Store,
  channel: Channel,
  { contractId, effects }: Pick<Thread, "contractId" | "effects">,
  lines: readonly Line[],
  silence: Silence | null,
): Promise<void> {
  const message = silence === null ? undefined : passedOver[silence];
  if (silence === null || message === undefined) return;
  const skipped = lines.map((line) => {
    const effect = lineEffect(channel, contractId, line, { text: "", thread: null });
    return writeSkip(store, effects, effect, { code: silence, message });
  });
  await Promise.all(skipped);
}

function lineEffect(
  { id }: Channel,
  contractId: string,
  { key, covers }: Line,
  said: Pick<LinePlan, "text" | "thread">,
) {
  const plan: LinePlan = { ...said, covers };
  const about = { destination: "slack", contractId, target: id };
  return { ...about, key: lineKey(id, key), kind: kinds.line, plan };
}

/** An attempt of its own that the event may have had before gives way. */
async function writeSkip(
  store: Store,
  effects: Effect[],
  plan: Parameters<typeof recordSkip>[1],
  why: { code: string; message: string },
): Promise<void> {
  const earlier = effects.find((effect) => effect.key === plan.key);
  if (earlier === undefined) await recordSkip(store, plan, why);
  else await settleEffect(store, earlier.id, { status: "skipped", ...why });
}
