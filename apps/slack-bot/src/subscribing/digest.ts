import { readPerson, removeSubscription, saveSettings } from "@countersign/store";
import { personOf } from "../acting/people.ts";
import { termsOf, wholeDigest, type Kept } from "../audience/kept.ts";
import type { Asking } from "../asking.ts";
import { sentenceMessage, type Message } from "../blocks/message.ts";
import { readSettings, type PersonSettings } from "../people/settings.ts";
import type { Ports } from "../ports.ts";
import type { DigestDays, DigestTimes } from "../subscriptions/digest-times.ts";
import { digestTimesOf } from "../subscriptions/terms.ts";
import { subscribeWords as words } from "../words/subscribe-words.ts";
import { everything } from "../audience/channel-plans.ts";
import { addRow, changeRow, sayState } from "./change.ts";
import { changeableChannel, type AskedChannel } from "./channel.ts";

/** A digest as it was asked for; `timezone` null: that of whoever asks. */
export type WantedDigest = { days: DigestDays; at: string; timezone: string | null };

/** The channel gets a digest at these times from now on; null: none any more. */
export async function setChannelDigest(
  ports: Ports,
  asking: Asking,
  wanted: WantedDigest | null,
): Promise<Message> {
  const asked = await changeableChannel(ports, asking);
  if (typeof asked === "string") return sentenceMessage(asked);
  if (wanted === null) return endDigests(ports, asking, asked);
  const { days, at } = wanted;
  const { timezone } = wanted.timezone === null ? await personOf(ports, asking) : wanted;
  const times = { days, at, timezone: timezone ?? ports.workingHours.timezone };
  await changeDigest(ports, asking, asked, times);
  return sayState(ports, asking, words.subscribed);
}

/** Those that are there change; else there is one of all that the channel hears of, or of everything. */
async function changeDigest(
  ports: Ports,
  asking: Asking,
  asked: AskedChannel,
  times: DigestTimes,
): Promise<void> {
  const present = digestsOf(asked.kept);
  for (const one of present) await changeRow(ports, asking, one, ruleAt(one, times));
  if (present.length > 0) return;
  const rule =
    asked.rules.length > 0
      ? wholeDigest(times)
      : { ...everything, mode: "digest" as const, digest: times };
  await addRow(ports, asking, asked, rule);
}

function ruleAt({ meaning }: Kept, times: DigestTimes) {
  return meaning.kind === "terms" ? { ...meaning.terms, digest: times } : wholeDigest(times);
}

async function endDigests(ports: Ports, asking: Asking, { kept }: AskedChannel): Promise<Message> {
  const present = digestsOf(kept);
  for (const { id } of present) await removeSubscription(ports.store(), id);
  return sayState(ports, asking, present.length === 0 ? words.noDigest : words.digestOff);
}

/** What of a channel's rows is a digest. */
function digestsOf(kept: readonly Kept[]): Kept[] {
  const digests = new Set(
    termsOf(kept)
      .filter(({ terms }) => digestTimesOf(terms) !== null)
      .map(({ id }) => id),
  );
  return kept.filter(({ id, meaning }) => meaning.kind === "whole-digest" || digests.has(id));
}

const every: Record<DigestDays, NonNullable<PersonSettings["digest"]>["every"]> = {
  daily: "day",
  weekdays: "weekdays",
  weekly: "week",
};

/** Whoever asks gets a digest of their contracts at these times from now on; null: none any more. */
export async function setOwnDigest(
  ports: Ports,
  { workspace, userId }: Asking,
  wanted: WantedDigest | null,
): Promise<Message> {
  const store = ports.store();
  const known = await readPerson(store, { workspace, userId });
  const settings = readSettings(known?.settings ?? {});
  if (wanted === null) {
    await saveSettings(store, { workspace, userId }, { ...settings, digest: null });
    return sentenceMessage(words.ownDigestOff);
  }
  if (!ports.hearing.directMessages) return sentenceMessage(words.directMessagesOff);
  if (wanted.timezone !== null) return sentenceMessage(words.noOwnZone);
  const weekday = settings.digest?.weekday ?? "mon";
  const digest = { every: every[wanted.days], at: wanted.at, weekday };
  await saveSettings(store, { workspace, userId }, { ...settings, digest });
  return sentenceMessage(words.ownDigest(digest, settings.weekends === "quiet"));
}
