import { splitLastWord } from "../last-word.ts";
import type { Scope } from "./hush.ts";

/** A contract in words, and whom it is to be quiet for. */
export type QuietAsked = { target: string; scope: Scope };

/** Reads `<contract> [here|for me]`; without either it is for whoever asks. */
export function readQuietAsked(words: string): QuietAsked {
  const { before, last } = splitLastWord(words);
  switch (last.toLowerCase()) {
    case "here":
      return { target: before, scope: "here" };
    case "me":
      return { target: without(before, ["for"]), scope: "me" };
    default:
      return { target: words.trim(), scope: "me" };
  }
}

/** Reads `<contract> <span> [here|for me]`, where the words `for` and `until` may stand before the span. */
export function readSnoozeAsked(words: string): QuietAsked & { span: string } {
  const { target: rest, scope } = readQuietAsked(words);
  const { before, last: span } = splitLastWord(rest);
  return { target: without(before, ["for", "until"]), scope, span };
}

/** The text without its last word, where that is one of these. */
function without(text: string, words: readonly string[]): string {
  const { before, last } = splitLastWord(text);
  return words.includes(last.toLowerCase()) ? before : text;
}

/** The words that say so. */
export const scopeWords: Record<Scope, string> = { me: "for me", here: "here" };
