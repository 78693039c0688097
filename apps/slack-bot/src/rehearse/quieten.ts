import { isTooLoud, nextStep, type Budget } from "../audience/noise.ts";
import { nameOfPlace } from "./place.ts";
import type { Said } from "./replay.ts";

/**
 * The same, with what would have been too much for a channel summed up: judged by when it came to be known, as
 * though each was said at once. A card comes with the first of its lines that is said.
 */
export function quieten(said: readonly Said[], budget: Budget): Said[] {
  return [...Map.groupBy(said, ({ place }) => nameOfPlace(place)).values()].flatMap((here) =>
    here.some(({ place }) => place.channel === null) ? here : quietenChannel(here, budget),
  );
}

function quietenChannel(here: readonly Said[], budget: Budget): Said[] {
  const isLoud = openWindow(budget);
  const withLines = new Set(here.flatMap((one) => (one.part === "reply" ? [one.contractId] : [])));
  const comesWithLine = ({ part, contractId }: Said) =>
    part === "card" && withLines.has(contractId);
  const shown = new Set<string>();
  const judged = here
    .filter((one) => isCounted(one) && !comesWithLine(one))
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .map((one) => {
      const at = Date.parse(one.at);
      if (isLoud(at)) return summedUp(one);
      // The card counts too.
      if (one.part === "reply" && !shown.has(one.contractId)) isLoud(at);
      shown.add(one.contractId);
      return one;
    });
  const cards = here
    .filter(comesWithLine)
    .map((card) => (shown.has(card.contractId) ? card : summedUp(card)));
  return [...cards, ...judged, ...here.filter((one) => !isCounted(one))];
}

/** Digests and nudges are no noise. */
function isCounted({ part }: Said): boolean {
  return part !== "digest" && part !== "nudge";
}

function summedUp(said: Said): Said {
  return { ...said, part: "summary" };
}

/** To be asked of each message in the order of their times, in milliseconds: whether it is too much. It counts in any case. */
function openWindow(budget: Budget): (at: number) => boolean {
  const length = budget.minutes * 60_000;
  const times: number[] = [];
  let first = 0;
  let loud = false;
  return (at) => {
    while ((times[first] ?? Infinity) <= at - length) first += 1;
    const posts = times.length - first;
    const now = new Date(at);
    if (loud) loud = !nextStep({ calmedAt: null, summedTo: now }, posts, budget, now).ends;
    else loud = isTooLoud(posts, budget);
    times.push(at);
    return loud;
  };
}
