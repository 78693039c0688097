import { digestOf } from "@countersign/core";
import { settleEffect, type Effect, type Store } from "@countersign/store";
import type { Message } from "../blocks/message.ts";
import type { Channel } from "../slack/channel.ts";
import {
  editKey,
  kinds,
  knownCard,
  nextCardKey,
  type CardPlan,
  type EditPlan,
  type KnownCard,
} from "./ledger.ts";
import { perform } from "./perform.ts";

export type CardTarget = {
  contractId: string;
  /** The contract's version that the message shows. */
  version: number;
  /** This contract's effects in this channel, oldest first. */
  effects: Effect[];
  /** How many lines are to be said below it. */
  lines: number;
};

/** The card's ts, or null where the ledger says that it was given up; and whether Slack was called. */
export type Shown = { ts: string | null; called: boolean };

/**
 * Makes the contract's one card say `message`: posts it, edits it, or leaves it where it says so already.
 * A card that was deleted in Slack is posted anew.
 */
export async function showCard(
  store: Store,
  channel: Channel,
  target: CardTarget,
  message: Message,
): Promise<Shown> {
  const card = knownCard(target.effects, channel.id, target.contractId);
  const plan = planOf(message);
  if (!card.posted) return post(store, channel, target, card.key, message);
  if (card.shows?.digest === plan.digest) return { ts: card.ts, called: false };
  const end = await edit(store, channel, target, card, message);
  if (end !== "gone") return { ts: card.ts, called: end === "done" };
  const key = nextCardKey(target.effects, channel.id, target.contractId);
  return post(store, channel, target, key, message);
}

async function post(
  store: Store,
  channel: Channel,
  { contractId, lines }: CardTarget,
  key: string,
  message: Message,
): Promise<Shown> {
  const plan = { ...about(channel, contractId), key, kind: kinds.card, plan: planOf(message) };
  const mark = { type: "countersign_card", contractId, key } as const;
  const performed = await perform(store, channel, {
    plan,
    wish: { method: "chat.postMessage", calls: 1 + lines, begun: false },
    call: () => channel.post(message, mark, null),
  });
  return performed.end === "done"
    ? { ts: performed.ts, called: true }
    : { ts: null, called: false };
}

async function edit(
  store: Store,
  channel: Channel,
  { contractId, version, effects }: CardTarget,
  card: KnownCard & { posted: true },
  message: Message,
): Promise<"done" | "gone" | "left"> {
  const plan: EditPlan = { ...planOf(message), ts: card.ts };
  const key = editKey(card.key, version, plan.digest);
  // While it waits for its turn, whoever has our lost lock may show what is later.
  const restsOn = { lastEffect: effects.at(-1)?.id ?? "0" };
  const effect = {
    ...about(channel, contractId),
    key,
    kind: kinds.edit,
    plan,
    before: card.shows,
    restsOn,
  };
  const performed = await perform(store, channel, {
    plan: effect,
    wish: { method: "chat.update", calls: 1, begun: false },
    call: async () => {
      await channel.edit(card.ts, message);
      return card.ts;
    },
  });
  if (performed.end === "done") await settleOvertaken(store, effects, key);
  return performed.end;
}

/** Edits whose end is unknown no longer matter once a later one is done. */
async function settleOvertaken(store: Store, effects: Effect[], key: string): Promise<void> {
  const overtaken = effects.filter(
    (effect) => effect.kind === kinds.edit && effect.status === "planned" && effect.key !== key,
  );
  const why = { code: "overtaken", message: "A later edit of the card took its place." };
  await Promise.all(
    overtaken.map(({ id }) => settleEffect(store, id, { status: "skipped", ...why })),
  );
}

function planOf({ text, blocks }: Message): CardPlan {
  return { digest: digestOf(JSON.stringify({ text, blocks })), text };
}

function about({ id }: Channel, contractId: string) {
  return { destination: "slack", contractId, target: id };
}
