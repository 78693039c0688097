import { countWords } from "./name-words.ts";

/** What a digest is about: a channel's contracts, a person's, or what was not said one by one in the noise. */
export type DigestKind = "channel" | "person" | "collapsed";

export const digestMessageWords = {
  heading: {
    channel: "Contracts in short",
    person: "Your contracts in short",
    collapsed: "What happened meanwhile",
  } satisfies Record<DigestKind, string>,
  since: "since",
  attention: "Need attention",
  waiting: "Waiting",
  finished: "Finished",
  nothing: "Nothing happened.",
  cut: (most: number) =>
    `There were more: these are the ${new Intl.NumberFormat("en").format(most)} that changed last.`,
  /** The whole digest in one sentence. */
  sentence: (kind: DigestKind, counts: { attention: number; waiting: number; finished: number }) =>
    `${digestMessageWords.heading[kind]}: ${countWords(counts.attention, "needs", "need")} attention, ${countWords(counts.waiting, "waits", "wait")} for signatures, ${countWords(counts.finished, "is", "are")} finished.`,
};
