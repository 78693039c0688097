import type { Scope } from "./hush.ts";

/** A contract in words, and whom it is to be quiet for. */
export type QuietAsked = { target: string; scope: Scope };

/** Reads `<contract> [here|for me]`; without either it is for whoever asks. */
export function readQuietAsked(words: string): QuietAsked {
  const [, target = "", scope] =
    /^(.*?)(?:(?:^|\s+)(here|for me|me))?$/isu.exec(words.trim()) ?? [];
  return { target: target.trim(), scope: scope?.toLowerCase() === "here" ? "here" : "me" };
}

/** Reads `<contract> <span> [here|for me]`, where the words `for` and `until` may stand before the span. */
export function readSnoozeAsked(words: string): QuietAsked & { span: string } {
  const { target: rest, scope } = readQuietAsked(words);
  const [, target = "", span = ""] =
    /^(.*?)(?:(?:^|\s+)(?:for\s+|until\s+)?(\S+))?$/isu.exec(rest) ?? [];
  return { target: target.trim(), scope, span };
}

/** The words that say so. */
export const scopeWords: Record<Scope, string> = { me: "for me", here: "here" };
