import { CredentialError, readPlace, savePlace, wakeAt, type Quieted } from "@countersign/store";
import { announcedEvents, knownCard } from "../notifications/ledger.ts";
import type { Subject } from "../notifications/show-in.ts";
import type { Silence, Target } from "../notifications/target.ts";
import type { Ports } from "../ports.ts";
import type { Channel } from "../slack/channel.ts";
import type { Channels } from "../slack/channels.ts";
import { judge } from "../slack/errors.ts";
import { ownerSeesAmounts } from "./amounts.ts";
import { quietOf } from "./channel-plans.ts";
import { hasNews, ownerWant, type Owner } from "./owner-want.ts";
import type { Found } from "./people.ts";
import { quietUntil } from "./quiet-until.ts";
import { mergeWants, standingCard } from "./want.ts";

/** What is known of the contract in question. */
export type Known = Pick<Subject, "facts" | "events" | "effects"> & { quieted: readonly Quieted[] };

/** For so long nothing goes to a person to whom nothing can be sent, in milliseconds. */
const lostFor = 86_400_000;

/** When what could not be found out is asked again, in milliseconds. */
const askAgain = 60_000;

/**
 * The direct messages with a contract's owner as a target: silent in their quiet hours, and looked at again when
 * these end, where there is something to tell. Who cannot be found or reached now holds up no channel.
 */
export async function directTargets(
  ports: Ports,
  channels: Channels,
  { owners, isSure }: Found,
  known: Known,
): Promise<Target[]> {
  const targets = await Promise.all(
    owners.map((owner) => directTarget(ports, channels, owner, known)),
  );
  if (!isSure || targets.includes("later")) await lookAgain(ports, known, askAgain);
  return targets.filter((one) => typeof one === "object" && one !== null);
}

async function directTarget(
  ports: Ports,
  channels: Channels,
  owner: Owner,
  known: Known,
): Promise<Target | "later" | null> {
  const channel = await openWith(ports, channels, owner);
  if (channel === null || channel === "later") return channel;
  const { contract } = known.facts;
  const { events, quieted } = known;
  const now = ports.store().now();
  const effects = known.effects.filter(({ target }) => target === channel.id);
  const hasCard = knownCard(effects, channel.id, contract.id).posted;
  const { workspace, userId: audience } = owner;
  const wasSnoozed = quieted.some((one) => one.audience === audience && one.until !== null);
  const want = ownerWant(owner, contract, { hasCard, wasSnoozed, now });
  const merged = mergeWants([want, ...(hasCard ? [standingCard] : [])], contract, events);
  if (merged === null) return null;
  const { isDigest: _, ...wanted } = merged;
  const quiet = quietOf(quieted, { workspace, audience }, now);
  const until = quietUntil(owner.settings, owner.timezone ?? ports.workingHours.timezone, now);
  const silence: Silence | null = quiet ?? (until === null ? null : "snoozed");
  const isNews = hasNews(wanted.tells, contract, events, announcedEvents(effects));
  if (quiet === null && until !== null && isNews) {
    await wakeAt(ports.store(), "slack", contract.id, until);
  }
  return { channel, ...wanted, silence, showAmounts: ownerSeesAmounts(ports.roles, owner.userId) };
}

async function lookAgain(ports: Ports, { facts }: Known, inMs: number): Promise<void> {
  const at = new Date(ports.store().now().getTime() + inMs);
  await wakeAt(ports.store(), "slack", facts.contract.id, at);
}

/** The channel of the direct messages; null where they take none, `later` where that cannot be told now. */
async function openWith(
  ports: Ports,
  channels: Channels,
  { workspace, userId }: Owner,
): Promise<Channel | "later" | null> {
  const channel = await tryOpen(channels, workspace, userId);
  if (channel === null || channel === "later") return channel;
  const store = ports.store();
  const place = { destination: "slack", channel: channel.id };
  const known = await readPlace(store, place.destination, place.channel);
  if (known === null) await savePlace(store, { ...place, workspace, person: userId });
  const lostAt = known?.lost?.at.getTime() ?? 0;
  return store.now().getTime() - lostAt < lostFor ? null : channel;
}

/** What Slack refuses for good is nothing to hold the channels up for: where it is our token, they say so too. */
async function tryOpen(
  channels: Channels,
  workspace: string,
  userId: string,
): Promise<Channel | "later" | null> {
  try {
    return await channels.withPerson(workspace, userId);
  } catch (error) {
    if (error instanceof CredentialError) return null;
    const { kind } = judge(error);
    return kind === "credentials" || kind === "permanent" ? null : "later";
  }
}
