import { rehearsalWords as words } from "../words/rehearsal-words.ts";
import type { Place } from "./place.ts";
import {
  differs,
  type RehearsedChange,
  type RehearsedPost,
  type Rehearsal,
  type SlackRehearsal,
} from "./rehearsal.ts";

/** Slack's part of a rehearsal for a person at a terminal. */
export function rehearsalText(
  { config, since }: Pick<Rehearsal, "config" | "since">,
  rehearsed: SlackRehearsal,
): string {
  const { contracts, posts, without, changed, digests } = rehearsed;
  return [
    `slack: ${contracts} contracts since ${since}`,
    ...posts.map((post) => postLine(post, words.would)),
    ...without.map((post) => postLine(post, words.wouldNoLonger)),
    ...changed.map(changeLine),
    ...digests.map(({ place, message }) => `  ${placeWords(place)}: ${message}`),
    differs(rehearsed) ? words.wouldDiffer(config) : words.wouldNotDiffer(config),
  ].join("\n");
}

/** Where something is said, in words. */
export function placeWords({ workspace, channel, person }: Place): string {
  const where = channel ?? words.person(person ?? "");
  return workspace === "" ? where : `${where} of ${workspace}`;
}

function postLine(post: RehearsedPost, would: string): string {
  const { contractId, place, part, text, settled } = post;
  const note = settled && would === words.would ? ` (${words.settled})` : "";
  const head = `  ${contractId} in ${placeWords(place)}: ${would}, ${words.part(part)}`;
  return `${head}: ${text}${note}`;
}

function changeLine({ contractId, place, before, after, text, lost, gained }: RehearsedChange) {
  const head = `  ${contractId} in ${placeWords(place)}: ${words.wouldChange}`;
  if (before !== after) {
    return `${head}, ${words.part(before)} -> ${words.part(after)}: ${text}`;
  }
  return `${head}, ${words.part(after)}: ${shown(lost)} -> ${shown(gained)}`;
}

function shown(lines: readonly string[]): string {
  return lines.length === 0 ? words.nothingShown : JSON.stringify(lines.join("; "));
}
