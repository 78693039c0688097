import type { Via } from "@countersign/core";

export const viaWords: Record<Via, string> = {
  webhook: "by webhook",
  reconcile: "read back from the provider",
  backfill: "read in from before",
  replay: "replayed",
};

export const historyWords = {
  heading: (title: string) => `History of “${title}”`,
  claimed: "not confirmed yet",
  nothing: "Nothing is known of it yet.",
  sentence: (title: string, count: number) =>
    `The history of “${title}” has ${count === 1 ? "one entry" : `${count} entries`} here`,
};
