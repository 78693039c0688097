/** Longest strings kept of what comes from outside, in UTF-16 units. The delivery itself is kept whole. */
export const limits = {
  externalId: 200,
  title: 1_000,
  name: 300,
  email: 320,
  reason: 2_000,
  note: 300,
  url: 2_000,
  fieldName: 100,
  fieldValue: 2_000,
  fields: 200,
  recipients: 500,
  /** Contracts that one delivery may be about. */
  reports: 1_000,
} as const;

/** `text` in at most `length` units, never ending in half of a surrogate pair, and without NUL, which PostgreSQL refuses. */
export function clip(text: string, length: number): string {
  const clean = text.replaceAll("\u0000", "").toWellFormed();
  return clean.length <= length ? clean : clean.slice(0, length).replace(/[\uD800-\uDBFF]$/, "");
}
