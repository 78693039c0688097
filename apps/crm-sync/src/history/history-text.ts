import type { HistoryChange, HistoryEntry } from "./history-of.ts";

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
  const { at, crm, outcome, on, recordId, contractId, event, code, message } = entry;
  const about = contractId === null ? "" : ` for ${contractId}`;
  const after = event === null ? "" : ` after ${event.type} of ${event.occurredAt}`;
  const why = message === null ? "" : `: ${message} (${code})`;
  return `${at}  ${crm} ${outcomes[outcome]} ${on} ${recordId}${about}${after}${why}`;
}

function lineOf({ field, before, after, rule, from }: HistoryChange): string {
  const why = [from, rule].filter((part) => part !== null).join(", ");
  return `    ${field ?? "stage"}: ${shown(before)} -> ${shown(after)}${why === "" ? "" : ` (${why})`}`;
}

function shown(value: HistoryChange["before"]): string {
  return value === null ? "(empty)" : JSON.stringify(value);
}
