import { readDealName, type ReadDealName } from "../../deals/read-deal-name.ts";
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
  const asked = words.trim();
  const last = /\S+$/.exec(asked)?.[0] ?? "";
  const typed = asTyped(last);
  const target = asked.slice(0, asked.length - last.length).trim();
  return { target, typed, deal: readDealName(typed, connected) };
}
