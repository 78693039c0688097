import type { ContractEvent } from "@countersign/core";
import type { ContractFacts } from "../contracts/facts.ts";
import { happeningOf, type Happening, type Moment } from "../contracts/moments.ts";
import { digestsDue, type DigestTimes } from "./digest-times.ts";
import { matchingMoments } from "./matching-moments.ts";
import { digestTimesOf, type Terms } from "./terms.ts";

/** A contract and all its events: those before the seven days tell what is a repetition. */
export type Past = { facts: ContractFacts; events: ContractEvent[] };

/** What a subscription would have posted in `previewDays` days. */
export type Preview = {
  messages: number;
  /** How many of them show in the channel itself, and not in a thread alone. */
  inChannel: number;
  /** How many contracts they are about. */
  contracts: number;
  /** At most three: of each kind of event the latest, then the latest of all. */
  examples: Example[];
};

export type Example = { facts: ContractFacts; happening: Happening };

export const previewDays = 7;

const examplesShown = 3;

const dayLength = 86_400_000;

type Told = { facts: ContractFacts; moment: Moment };

/**
 * Counts as though the subscription had begun `previewDays` days before `now`, by the provider's times: a
 * contract gets its card with the first event that the channel hears of. Noise budgets do not count.
 */
export function previewOf(terms: Terms, history: Past[], now: Date): Preview {
  const told = history.flatMap(({ facts, events }) =>
    matchingMoments(terms.rule, facts, events).map((moment) => ({ facts, moment })),
  );
  const since = new Date(now.getTime() - previewDays * dayLength);
  const times = digestTimesOf(terms);
  const digests = times === null ? null : digestsOf(times, told, since, now);
  const counted = digests?.told ?? told.filter(({ moment }) => timeOf(moment) >= since);
  const contracts = new Set(counted.map(({ facts }) => facts.contract.id)).size;
  return {
    ...countOf(terms, contracts, counted.length, digests?.count ?? 0),
    contracts,
    examples: examplesOf(counted),
  };
}

function countOf(
  { mode, broadcast }: Terms,
  contracts: number,
  moments: number,
  digests: number,
): Pick<Preview, "messages" | "inChannel"> {
  switch (mode) {
    case "thread":
      return {
        messages: contracts + moments,
        inChannel: broadcast ? contracts + moments : contracts,
      };
    case "card":
      return { messages: contracts, inChannel: contracts };
    case "list":
      return { messages: moments, inChannel: moments };
    case "digest":
      return { messages: digests, inChannel: digests };
  }
}

/** The digests that were due after `since` and had something to sum up, and what they summed up. */
function digestsOf(times: DigestTimes, told: Told[], since: Date, now: Date) {
  const due = digestsDue(times, new Date(since.getTime() - 8 * dayLength), now);
  const sums = due.flatMap((until, index) => {
    const from = due[index - 1];
    if (from === undefined || until <= since) return [];
    return [told.filter(({ moment }) => timeOf(moment) > from && timeOf(moment) <= until)];
  });
  return { count: sums.filter((sum) => sum.length > 0).length, told: sums.flat() };
}

function examplesOf(told: Told[]): Example[] {
  const latest = told.toSorted((a, b) => timeOf(b.moment).getTime() - timeOf(a.moment).getTime());
  const typeOf = ({ moment }: Told) => moment.event.type;
  const first = new Map(latest.toReversed().map((one) => [typeOf(one), one]));
  const isFirst = (one: Told) => first.get(typeOf(one)) === one;
  const [firsts, others] = [latest.filter(isFirst), latest.filter((one) => !isFirst(one))];
  const shown = new Set([...firsts, ...others].slice(0, examplesShown));
  return latest
    .filter((one) => shown.has(one))
    .map(({ facts, moment }) => ({ facts, happening: happeningOf(facts.contract, moment) }));
}

function timeOf({ event }: Moment): Date {
  return new Date(event.occurredAt);
}
