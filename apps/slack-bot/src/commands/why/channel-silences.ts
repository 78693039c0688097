import type { ContractEvent } from "@countersign/core";
import { isStopped, termsOfSpot, type Spot } from "../../audience/channel-plans.ts";
import { termsOf, type Kept } from "../../audience/kept.ts";
import type { ContractFacts } from "../../contracts/facts.ts";
import { momentsOf } from "../../contracts/moments.ts";
import { explainTerms } from "../../subscriptions/explain.ts";
import { matchesContract, matchesEvent } from "../../subscriptions/matches.ts";
import type { Terms } from "../../subscriptions/terms.ts";
import { silenceWords } from "../../words/silence-words.ts";

export type ChannelInput = {
  spot: Spot;
  /** What the channel is subscribed to. */
  own: readonly Kept[];
  defaultChannel: Spot | null;
  /** With the owner named as this workspace knows them. */
  facts: ContractFacts;
  events: ContractEvent[];
  isLoud: boolean;
};

/** Why a channel may hear nothing of the contract, by its subscriptions and its noise; none where it hears of it. */
export function channelSilences(input: ChannelInput): string[] {
  const { own, defaultChannel, spot, facts, isLoud } = input;
  if (isStopped(own)) {
    const stopped = termsOf(own).find((one) => one.stopped !== null)?.stopped;
    return [silenceWords.stopped(stopped?.message || (stopped?.code ?? ""))];
  }
  const all = termsOfSpot(own, defaultChannel, spot);
  if (all.length === 0) return [silenceWords.nothingSubscribed];
  const wanting = all.filter(({ terms }) => matchesContract(terms.rule, facts));
  if (wanting.length === 0) return [silenceWords.notWanted(ruleOf(all))];
  return [...toldSilence(wanting, input), ...(isLoud ? [silenceWords.loud] : [])];
}

function ruleOf(all: readonly { terms: Terms }[]): string | null {
  const [only, ...others] = all;
  if (only === undefined || others.length > 0) return null;
  return explainTerms(only.terms, () => null);
}

type Wanting = { terms: Terms; since: Date | null };

function toldSilence(wanting: readonly Wanting[], { facts, events }: ChannelInput): string[] {
  const moments = momentsOf(facts.contract, events);
  const wanted = wanting.flatMap(({ terms, since }) =>
    moments
      .filter(({ event }) => matchesEvent(terms.rule, event.type))
      .map(({ event }) => since === null || Date.parse(event.observedAt) >= since.getTime()),
  );
  if (wanted.length === 0) return [silenceWords.noEvent];
  if (!wanted.some((isNews) => isNews)) return [silenceWords.tooOld];
  return wanting.every(({ terms }) => terms.mode === "digest") ? [silenceWords.digest] : [];
}
