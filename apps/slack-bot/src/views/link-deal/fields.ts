import { readDealName } from "../../deals/read-deal-name.ts";
import { linkWords, noDealWords } from "../../words/act-words.ts";
import type { Filled } from "../view.ts";

export const linkDealId = "link_deal";

/** The modal's inputs; each block holds one element of the same name. */
export const fields = { candidate: "candidate", crm: "crm", deal: "deal" } as const;

/** A candidate as the value of its option. */
export function optionOf({ crm, recordId }: { crm: string; recordId: string }): string {
  return `${crm}:${recordId}`;
}

export type ReadEntry =
  | { kind: "deal"; crm: string; recordId: string }
  /** By block id. */
  | { kind: "errors"; errors: Record<string, string> };

/**
 * Which deal was filled in. What was typed outranks the candidate: a radio button, once pressed, cannot be
 * let go of.
 */
export function readEntry(filled: Filled, connected: readonly string[]): ReadEntry {
  const typed = entryOf(filled, fields.deal);
  const chosen = entryOf(filled, fields.crm);
  if (typed === "") return readCandidate(entryOf(filled, fields.candidate), connected);
  const read = readDealName(typed, connected);
  if (read.kind !== "deal") return errorsAt(fields.deal, noDealWords(read, typed, connected));
  if (chosen !== "" && chosen !== read.crm) {
    return errorsAt(fields.deal, linkWords.otherCrm(chosen, read.crm));
  }
  return read;
}

function readCandidate(value: string, connected: readonly string[]): ReadEntry {
  const [crm = "", ...rest] = value.split(":");
  const recordId = rest.join(":");
  if (recordId === "") return errorsAt(fields.deal, linkWords.nothingChosen);
  if (!connected.includes(crm)) return errorsAt(fields.candidate, linkWords.notConnected(crm));
  return { kind: "deal", crm, recordId };
}

function entryOf(filled: Filled, name: string): string {
  return filled[name]?.[name]?.[0]?.trim() ?? "";
}

export function errorsAt(block: string, words: string): ReadEntry & { kind: "errors" } {
  return { kind: "errors", errors: { [block]: words } };
}
