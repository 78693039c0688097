const units: Record<string, number> = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

/** A time from what a person typed: so long ago (`30d`, `12h`, `2w`), or a date; null where it is neither. */
export function readSince(text: string, now: Date): Date | null {
  const [, count, unit = ""] = /^(\d{1,4})([hdw])$/.exec(text.trim()) ?? [];
  if (count !== undefined) return new Date(now.getTime() - Number(count) * (units[unit] ?? 0));
  if (!/^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(text.trim())) return null;
  const date = new Date(text.trim());
  return Number.isNaN(date.getTime()) ? null : date;
}
