import { nameOfPlace } from "./place.ts";
import type { Part, Said } from "./replay.ts";

/** Something is said in both ways, and not alike. */
type Changed = {
  after: Said;
  before: Part;
  /** What only the one and only the other shows. */
  lost: string[];
  gained: string[];
};

export type Differences = {
  /** Said only by the changed rules, and not yet. */
  posts: Said[];
  /** Said only by the present rules. */
  without: Said[];
  changed: Changed[];
};

/** How what is said of contracts by changed rules differs from what is said by the present ones. */
export function differences(before: readonly Said[], after: readonly Said[]): Differences {
  const old = new Map(before.map((said) => [nameOf(said), said]));
  const names = new Set(after.map(nameOf));
  return {
    posts: after.filter((said) => !old.has(nameOf(said)) && !said.stands),
    without: before.filter((said) => !names.has(nameOf(said))),
    changed: after.flatMap((said) => {
      const same = old.get(nameOf(said));
      return same === undefined ? [] : changeOf(same, said);
    }),
  };
}

/** The same, without what both show alike: there is much of it, and it makes no difference. */
export function slimmed(before: readonly Said[], after: readonly Said[]): [Said[], Said[]] {
  return [withoutShared(before, after), withoutShared(after, before)];
}

function withoutShared(own: readonly Said[], others: readonly Said[]): Said[] {
  const shown = new Map(others.map((said) => [nameOf(said), said.shows.join("\n")]));
  return own.map((said) =>
    shown.get(nameOf(said)) === said.shows.join("\n") ? { ...said, shows: [] } : said,
  );
}

function changeOf(before: Said, after: Said): Changed[] {
  const lost = before.shows.filter((line) => !after.shows.includes(line));
  const gained = after.shows.filter((line) => !before.shows.includes(line));
  const isSame = before.part === after.part && before.text === after.text;
  if (isSame && lost.length + gained.length === 0) return [];
  return [{ after, before: before.part, lost, gained }];
}

function nameOf({ place, contractId, key }: Said): string {
  return JSON.stringify([nameOfPlace(place), contractId, key]);
}
