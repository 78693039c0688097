import { clockOf, instantOf } from "./zoned-time.ts";

/** On these days of the week, Sunday is 0, at `hh:mm` by a clock in `timezone`. */
export type Recurrence = { at: string; weekdays: readonly number[]; timezone: string };

/** As the five fields of cron. */
export function cronOf({ at, weekdays }: Recurrence): string {
  const [hours, minutes] = at.split(":").map(Number);
  const days = weekdays.length === 7 ? "*" : weekdays.join(",");
  return `${minutes} ${hours} * * ${days}`;
}

/** When it is due after `from` and until `until`, in order. */
export function dueBetween(
  { at, weekdays, timezone }: Recurrence,
  from: Date,
  until: Date,
): Date[] {
  const first = Math.floor(clockOf(timezone, from).getTime() / dayLength);
  const last = Math.floor(clockOf(timezone, until).getTime() / dayLength);
  return Array.from(
    { length: last - first + 1 },
    (_, count) => new Date((first + count) * dayLength),
  )
    .filter((day) => weekdays.includes(day.getUTCDay()))
    .map((day) => instantOf(timezone, `${day.toISOString().slice(0, 10)}T${at}`))
    .filter((instant) => instant > from && instant <= until);
}

/** Those that are due at the same times have the same name, of letters, digits, `.`, `-` and `/` alone. */
export function nameOfRecurrence({ at, weekdays, timezone }: Recurrence): string {
  const days = weekdays.toSorted((a, b) => a - b).join("");
  return `${days}/${at.replace(":", ".")}/${timezone.replaceAll("+", ".").replaceAll(/[^\w./-]/gu, "_")}`;
}

const dayLength = 86_400_000;
