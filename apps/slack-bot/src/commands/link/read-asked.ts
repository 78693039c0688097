import { readDealName, type ReadDealName } from "../../deals/read-deal-name.ts";
import { splitLastWord } from "../../last-word.ts";
import { asTyped } from "../../subscriptions/slack-text.ts";

/** A contract in words, and the deal that is named behind it. */
export type LinkAsked = {
  target: string;
  /** The deal as it was typed. */
  typed: string;
  deal: ReadDealName;
};

/** Reads `<contract> <deal>`. `connected` are the configured CRMs. */
export function readLinkAsked(words: string, connected: readonly string[]): LinkAsked {
  const { before, last } = splitLastWord(words);
  const typed = asTyped(last);
  return { target: before, typed, deal: readDealName(typed, connected) };
}
