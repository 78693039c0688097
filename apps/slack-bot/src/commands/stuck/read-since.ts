/** What was asked: in working days where it was said; `fault` is what is no span. */
export type SinceAsked = { days: number | null } | { fault: string };

/** As many as countersign.yaml takes. */
const mostDays = 90;

/** Reads `--since 3d`, `3d` or `2w`; `daysInWeek` are the working days of a week. */
export function readSince(words: string, daysInWeek: number): SinceAsked {
  const asked = words.replace(/^(?:--|[–—])?since(?:[\s=]+|$)/iu, "").trim();
  if (words.trim() === "") return { days: null };
  const [, count, unit = "d"] =
    /^(\d{1,3})\s*(d|days?|w|weeks?)?$/i.exec(asked.toLowerCase()) ?? [];
  const days = Number(count ?? 0) * (unit.startsWith("w") ? daysInWeek : 1);
  return days >= 1 && days <= mostDays ? { days } : { fault: asked };
}
