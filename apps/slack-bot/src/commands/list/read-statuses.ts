import { contractStatuses, openStatuses, type ContractStatus } from "@countersign/core";
import { nearestOf } from "../../nearest.ts";

/** Which statuses are meant, and the words that say so again; else the word that is none. */
export type ReadStatuses =
  | { kind: "statuses"; words: string[]; statuses: ContractStatus[] }
  | { kind: "unknown"; word: string; nearest: string | null };

const ended = contractStatuses.filter((status) => !openStatuses.has(status));

/** What people call them; the first word of several for the same is the one that help and headings use. */
const meanings: Record<string, readonly ContractStatus[]> = {
  open: [...openStatuses],
  ended,
  all: contractStatuses,
  draft: ["draft"],
  sent: ["sent"],
  viewed: ["viewed"],
  "partly-signed": ["partially_signed"],
  signed: ["partially_signed", "completed"],
  completed: ["completed"],
  declined: ["declined"],
  voided: ["voided"],
  expired: ["expired"],
};

const otherWords: Record<string, string> = {
  drafts: "draft",
  closed: "ended",
  everything: "all",
  complete: "completed",
  done: "completed",
  finished: "completed",
  rejected: "declined",
  cancelled: "voided",
  canceled: "voided",
  withdrawn: "voided",
};

/** The words that can be asked for, as people are told them. */
export const statusNames: readonly string[] = Object.keys(meanings);

/** Reads words such as `sent, viewed` or `partly signed`, in any case; no word means open contracts. */
export function readStatuses(typed: string): ReadStatuses {
  const asked = typed
    .toLowerCase()
    .replaceAll(/part(?:ly|ially)[\s_-]*signed/g, "partly-signed")
    .split(/[\s,;]+/)
    .filter((word) => !["", "and", "or"].includes(word))
    .map((word) => otherWords[word] ?? word);
  const unknown = asked.find((word) => !statusNames.includes(word));
  if (unknown !== undefined) {
    return { kind: "unknown", word: unknown, nearest: nearestOf(unknown, statusNames) };
  }
  const words = asked.length === 0 ? ["open"] : statusNames.filter((name) => asked.includes(name));
  const meant = new Set(words.flatMap((word) => meanings[word] ?? []));
  return { kind: "statuses", words, statuses: contractStatuses.filter((one) => meant.has(one)) };
}
