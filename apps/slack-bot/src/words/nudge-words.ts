import { peopleWords } from "./name-words.ts";

/** Viewed and not signed; partly signed and nothing since; about to expire. */
export type NudgeKind = "unsigned" | "quiet" | "expiring";

type Names = readonly (string | null)[];

export const nudgeWords = {
  unsigned: (waited: Names) =>
    `${peopleWords(waited)} viewed it and ${waited.length > 1 ? "have" : "has"} not signed`,
  quiet: (waited: Names) => `it is partly signed and waits${behind(waited)}`,
  expiring: (waited: Names) => `it expires soon and waits${behind(waited)}`,
  since: "since",
  expires: "expires",
  sentence: (title: string, stall: string) => `The contract “${title}” needs a push: ${stall}`,
  again: "Nothing has come of telling its owner.",
};

function behind(waited: Names): string {
  return waited.length === 0 ? "" : ` for ${peopleWords(waited)}`;
}
