import type { HistoryChange, HistoryEntry } from "./history-of.ts";
import type { Hung } from "./hung.ts";

const outcomes: Record<HistoryEntry["outcome"], string> = {
  written: "wrote",
  undone: "took back",
  refused: "was refused",
  left: "left alone",
  planned: "has planned",
  unknown: "has begun and does not know the end of",
};

/** A history for a person: a line for each thing, and one for each value below it. */
export function historyText(entries: readonly HistoryEntry[]): string {
  if (entries.length === 0) return "Countersign has done nothing here.";
  return entries.flatMap((entry) => [headOf(entry), ...entry.changes.map(lineOf)]).join("\n");
}

function headOf(entry: HistoryEntry): string {
  const { at, crm, outcome, on, recordId, contractId, event, code, message, hung } = entry;
  const about = contractId === null ? "" : ` for ${contractId}`;
  const after = event === null ? "" : ` after ${event.type} of ${event.occurredAt}`;
  const why = message === null ? "" : `: ${message} (${code})`;
  const what = hung === null ? `${on} ${recordId}` : hungText(hung, `${on} ${recordId}`);
  return `${at}  ${crm} ${outcomes[outcome]} ${what}${about}${after}${why}`;
}

/** `the file "Lease (signed)" on deal 1003`; what could not even be listed was to hang on none yet. */
function hungText({ what, title }: Hung, place: string): string {
  if (what === "files") return "the files";
  if (what === "field") return `the field ${shown(title)} of the contract, which names ${place},`;
  return `the ${what} ${shown(title)} on ${place}`;
}

function lineOf({ field, before, after, rule, from }: HistoryChange): string {
  const why = [from, rule].filter((part) => part !== null).join(", ");
  return `    ${field ?? "stage"}: ${shown(before)} -> ${shown(after)}${why === "" ? "" : ` (${why})`}`;
}

function shown(value: HistoryChange["before"]): string {
  return value === null ? "(empty)" : JSON.stringify(value);
}
