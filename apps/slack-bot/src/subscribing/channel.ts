import { peopleIn } from "../audience/name-owner.ts";
import { isSameSpot, isStopped, termsOfSpot, type Spot } from "../audience/channel-plans.ts";
import { readKept, termsOf, type Kept } from "../audience/kept.ts";
import { refusalOf } from "../acting/permit.ts";
import { isDirect, type Asking } from "../asking.ts";
import type { Ports } from "../ports.ts";
import { explainTerms, type NameOf } from "../subscriptions/explain.ts";
import type { Rule } from "../subscriptions/rule.ts";
import { subscribeWords } from "../words/subscribe-words.ts";

/** A channel in which somebody asks about its subscriptions, and all that is kept of them. */
export type AskedChannel = {
  spot: Spot;
  kept: Kept[];
  /** countersign.yaml names it. */
  isDefault: boolean;
  /** Nothing more can be posted there. */
  isStopped: boolean;
  /** What it hears of now. */
  rules: Rule[];
};

/** Null where it is no channel: a direct message, App Home. */
export async function askedChannel(
  ports: Ports,
  { workspace, channel }: Pick<Asking, "workspace" | "channel">,
): Promise<AskedChannel | null> {
  if (channel === null || isDirect(channel)) return null;
  const spot = { workspace, channel };
  const { defaultChannel } = ports.hearing;
  const kept = await readKept(ports.store(), spot);
  return {
    spot,
    kept,
    isDefault: defaultChannel !== null && isSameSpot(defaultChannel, spot),
    isStopped: isStopped(kept),
    rules: termsOfSpot(kept, defaultChannel, spot).map(({ terms }) => terms.rule),
  };
}

/** The channel that whoever asks may change; else why not. */
export async function changeableChannel(
  ports: Ports,
  asking: Asking,
): Promise<AskedChannel | string> {
  const asked = await askedChannel(ports, asking);
  if (asked === null) return subscribeWords.noChannel;
  return (await refusalOf(ports, asking, "subscribe", null)) ?? asked;
}

/** What each of the channel's subscriptions does, in words. */
export async function explainKept(
  ports: Ports,
  workspace: string,
  kept: readonly Kept[],
): Promise<Map<string, string>> {
  const nameOf = await namesIn(
    ports,
    workspace,
    termsOf(kept).map(({ terms }) => terms.rule),
  );
  return new Map(kept.map((one) => [one.id, explainOne(one, nameOf)]));
}

function explainOne({ meaning }: Kept, nameOf: NameOf): string {
  switch (meaning.kind) {
    case "terms":
      return explainTerms(meaning.terms, nameOf);
    case "whole-digest":
      return subscribeWords.wholeDigest(meaning.times);
    case "unreadable":
      return subscribeWords.unreadable;
  }
}

/** The names of the people whom the rules ask for by their Slack id. */
export async function namesIn(
  ports: Ports,
  workspace: string,
  rules: readonly Rule[],
): Promise<NameOf> {
  const { client } = await ports.workspaces.open(workspace);
  const named = peopleIn(rules).map(async (userId) => {
    const answer = await client.users.info({ user: userId }).catch(() => null);
    const name = answer?.user?.profile?.real_name ?? answer?.user?.real_name ?? null;
    return [userId, name] as const;
  });
  const names = new Map(await Promise.all(named));
  return (userId) => names.get(userId) ?? null;
}
