import type { Effect } from "@countersign/store";
import { z } from "zod";
import { judgeCode } from "../slack/errors.ts";

/** What this app writes into the ledger, and what it reads out of it again. */
export const kinds = { card: "card", edit: "card-edit", line: "line" } as const;

const CardPlan = z.object({ digest: z.string(), text: z.string() });
const EditPlan = CardPlan.extend({ ts: z.string() });
const LinePlan = z.object({
  text: z.string(),
  /** Null for a message that stands alone. */
  thread: z.string().nullable(),
  covers: z.array(z.string()),
});

/** What the card's message is to say. */
export type CardPlan = z.infer<typeof CardPlan>;
export type EditPlan = z.infer<typeof EditPlan>;
export type LinePlan = z.infer<typeof LinePlan>;

/** The key of a card that takes the place of those that the ledger has, which are gone or were refused. */
export function nextCardKey(effects: Effect[], channel: string, contractId: string): string {
  const cards = effects.filter(({ kind }) => kind === kinds.card).length;
  const key = `slack/${channel}/${contractId}/card`;
  return cards === 0 ? key : `${key}/${cards + 1}`;
}

/** The digest sets two edits at the same version apart: a deal may be linked between two attempts. */
export function editKey(card: string, version: number, digest: string): string {
  return `${card}/v${version}-${digest.slice(0, 8)}`;
}

export function lineKey(channel: string, eventId: string): string {
  return `slack/${channel}/${eventId}`;
}

/** The card's message in Slack as the ledger knows it. */
export type KnownCard =
  | { posted: false; key: string }
  | {
      posted: true;
      key: string;
      ts: string;
      /** What it shows; null where an edit's end is unknown. */
      shows: CardPlan | null;
    };

/** The card that is in the channel, or the key under which to post it. Effects come oldest first. */
export function knownCard(effects: Effect[], channel: string, contractId: string): KnownCard {
  const next = { posted: false, key: nextCardKey(effects, channel, contractId) } as const;
  const card = effects.findLast(({ kind }) => kind === kinds.card);
  if (card === undefined) return next;
  if (card.status === "planned") return { posted: false, key: card.key };
  const edits = editsOf(effects, card);
  const isLost = edits.some(({ code }) => code !== null && judgeCode(code).kind === "gone");
  if (card.status !== "done" || card.outsideId === null || isLost) return next;
  const isUnknown = edits.some(({ status }) => status === "planned");
  const latest = edits.findLast(({ status }) => status === "done") ?? card;
  const shows = isUnknown ? null : (CardPlan.safeParse(latest.plan).data ?? null);
  return { posted: true, key: card.key, ts: card.outsideId, shows };
}

function editsOf(effects: Effect[], card: Effect): Effect[] {
  return effects.filter(({ kind, key }) => kind === kinds.edit && key.startsWith(`${card.key}/v`));
}

/** Events that people have heard of, or that are settled otherwise. */
export function announcedEvents(effects: Effect[]): Set<string> {
  const settled = effects.filter(({ kind, status }) => kind === kinds.line && status !== "planned");
  return new Set(settled.flatMap(({ plan }) => LinePlan.safeParse(plan).data?.covers ?? []));
}

/** The thread that a line was meant for. */
export function threadOf(effect: Effect): string | null {
  return LinePlan.safeParse(effect.plan).data?.thread ?? null;
}
