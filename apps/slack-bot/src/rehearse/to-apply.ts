import { isStale } from "../notifications/announce.ts";
import { nameOfPlace, type Place } from "./place.ts";
import type { RehearsedPost, SlackRehearsal } from "./rehearsal.ts";

/** What one place is to be made to show of a contract. */
export type Listed = {
  place: Place;
  /** Its card is to be posted. */
  hasCard: boolean;
  /** Its card stands and says something else. */
  isEdit: boolean;
  /** What is to be told: the events, and when each happened (ISO 8601). */
  lines: { covers: string[]; at: string }[];
};

/** A contract with something to be said of it, as it was at the rehearsal. */
export type ListedContract = { contractId: string; version: number; places: Listed[] };

/** What a rehearsal leaves to be done in Slack now; what was settled otherwise, digests and nudges are not. */
export function toApply({ posts, changed }: SlackRehearsal): ListedContract[] {
  const edits = changed.filter(
    (one) => one.stands && one.before === "card" && one.after === "card",
  );
  const all = [...posts.filter(isPostable), ...edits];
  return [...Map.groupBy(all, ({ contractId }) => contractId)].map(([contractId, own]) => ({
    contractId,
    version: own[0]?.version ?? 0,
    places: [...Map.groupBy(own, ({ place }) => nameOfPlace(place)).values()].flatMap((here) => {
      const place = here[0]?.place;
      if (place === undefined) return [];
      const news = here.filter((one) => "part" in one);
      return [
        {
          place,
          hasCard: news.some(({ part }) => part === "card"),
          isEdit: here.some((one) => !("part" in one)),
          lines: news.filter(({ part }) => part !== "card"),
        },
      ];
    }),
  }));
}

function isPostable({ part, settled }: RehearsedPost): boolean {
  return !settled && (part === "card" || part === "reply" || part === "message");
}

/** How many messages that is, and how many cards are edited: several lines of old news in a place are one message. */
export function countOf(
  contracts: readonly ListedContract[],
  now: Date,
): { messages: number; edits: number } {
  const places = contracts.flatMap((contract) => contract.places);
  const messages = places.reduce((sum, { hasCard, lines }) => {
    const stale = lines.filter(({ at }) => isStale(at, now)).length;
    return sum + (hasCard ? 1 : 0) + (lines.length - stale) + Math.min(stale, 1);
  }, 0);
  return { messages, edits: places.filter(({ isEdit }) => isEdit).length };
}
