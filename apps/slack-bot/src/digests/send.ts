import { PermanentError, readLastLoose, type Store } from "@countersign/store";
import { z } from "zod";
import { loseTarget } from "../audience/lose.ts";
import { digestMessage, type Digest } from "../blocks/digest.ts";
import { sayOnce } from "../notifications/say-once.ts";
import type { Ports } from "../ports.ts";
import type { Channel } from "../slack/channel.ts";
import type { Channels } from "../slack/channels.ts";
import { isAboutTarget } from "../slack/errors.ts";
import { dueBetween, nameOfRecurrence, type Recurrence } from "../subscriptions/recurrence.ts";
import { gatherForChannel, gatherForPerson, isEmpty, type Window } from "./gather.ts";
import type { ChannelDigest } from "./schedule.ts";
import type { NamedPerson } from "../audience/name-owner.ts";

/** What a digest's effect remembers of its window; ISO 8601, UTC. */
const DigestPlan = z.object({ to: z.iso.datetime() });

const day = 86_400_000;

/** How far back a digest reaches at most, where the one before it was missed. */
const longest = 8 * day;

/**
 * What the digest due at `due` is about: what came behind the one before it, which may have been late or missed.
 * Null where that was not before.
 */
export function windowOf(recurrence: Recurrence, due: Date, lastTo: Date | null): Window | null {
  const earliest = new Date(due.getTime() - longest);
  const before = dueBetween(recurrence, earliest, new Date(due.getTime() - 1)).at(-1);
  const usual = before ?? new Date(due.getTime() - day);
  const from = lastTo === null ? usual : lastTo < earliest ? earliest : lastTo;
  return from < due ? { from, to: due } : null;
}

/** Sends a channel the digest that is due, once; nothing where nothing happened. */
export async function sendChannelDigest(
  ports: Ports,
  channels: Channels,
  { recurrence, rules, ...spot }: ChannelDigest,
  people: readonly NamedPerson[],
  due: Date,
): Promise<void> {
  const channel = await channels.of(spot.workspace, spot.channel);
  await sendIn(ports, channels, channel, { recurrence, due }, (window) =>
    gatherForChannel(ports, spot, rules, people, window),
  );
}

/** Sends a person the digest of their contracts that is due, once. */
export async function sendPersonDigest(
  ports: Ports,
  channels: Channels,
  person: { workspace: string; userId: string; email: string },
  recurrence: Recurrence,
  due: Date,
): Promise<void> {
  const channel = await channels.withPerson(person.workspace, person.userId);
  await sendIn(ports, channels, channel, { recurrence, due }, (window) =>
    gatherForPerson(ports, person, window),
  );
}

async function sendIn(
  ports: Ports,
  channels: Channels,
  channel: Channel,
  { recurrence, due }: { recurrence: Recurrence; due: Date },
  gather: (window: Window) => Promise<Digest>,
): Promise<void> {
  const store = ports.store();
  const keyStart = `slack/${channel.id}/digest/${nameOfRecurrence(recurrence)}/`;
  const window = windowOf(recurrence, due, await lastTo(store, channel, keyStart));
  if (window === null) return;
  const digest = await gather(window);
  if (isEmpty(digest)) return;
  await sayDigest(ports, channels, channel, `${keyStart}${due.toISOString()}`, digest, window.to);
}

/** Says it once, and up to when what is said in Slack by then reaches; loses the channel where it is gone. */
export async function sayDigest(
  ports: Ports,
  channels: Channels,
  channel: Channel,
  key: string,
  digest: Digest,
  to: Date,
): Promise<Date> {
  const saying = {
    key,
    kind: "digest",
    message: digestMessage(digest),
    more: { to: to.toISOString() },
  };
  try {
    const { plan } = await sayOnce(ports.store(), channel, saying);
    return toOf(plan) ?? to;
  } catch (error) {
    if (!(error instanceof PermanentError) || !isAboutTarget(error.code)) throw error;
    await loseTarget(ports, channels, channel.id, error);
    return to;
  }
}

async function lastTo(store: Store, { id }: Channel, keyStart: string): Promise<Date | null> {
  return toOf(await readLastLoose(store, { destination: "slack", target: id, keyStart }));
}

function toOf(plan: unknown): Date | null {
  const { data } = DigestPlan.safeParse(plan);
  return data === undefined ? null : new Date(data.to);
}
