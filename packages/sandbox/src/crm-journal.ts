import type { FieldValue, JournalEntry } from "./crm-fake.ts";

export type Fields = Record<string, FieldValue>;

/** The fields of `written` whose value is not already there. */
export function differences(before: Fields, written: Fields): JournalEntry["changes"] {
  return Object.fromEntries(
    Object.entries(written)
      .map(([field, to]) => [field, { from: before[field] ?? null, to }] as const)
      .filter(([, { from, to }]) => from !== to),
  );
}

export type Journal = {
  entries: () => readonly JournalEntry[];
  /** Returns whether anything changed; only then is there an entry. */
  record: (recordId: string, changes: JournalEntry["changes"], by: string) => boolean;
  clear: () => void;
};

export function createJournal(now: () => Date, onChange: () => void): Journal {
  const entries: JournalEntry[] = [];
  return {
    entries: () => entries,
    record(recordId, changes, by) {
      if (Object.keys(changes).length === 0) return false;
      entries.push({ at: now().toISOString(), recordId, changes, by });
      onChange();
      return true;
    },
    clear() {
      entries.length = 0;
      onChange();
    },
  };
}
