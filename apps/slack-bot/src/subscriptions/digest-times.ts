import { z } from "zod";
import { dueBetween, type Recurrence } from "./recurrence.ts";
import { isTimezone } from "./zoned-time.ts";

export const digestDays = ["weekdays", "daily", "weekly"] as const;

export type DigestDays = (typeof digestDays)[number];

/** When a digest is due, by a clock in `timezone`. `at` is `hh:mm`; `weekly` is on Mondays. */
export const DigestTimes = z.strictObject({
  at: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/),
  days: z.enum(digestDays),
  timezone: z.string().refine(isTimezone, "is no IANA time zone"),
});

export type DigestTimes = z.infer<typeof DigestTimes>;

/** Where nobody says otherwise. */
export const usualDigest: DigestTimes = { at: "09:00", days: "weekdays", timezone: "UTC" };

/** Sunday is 0. */
const weekdays: Record<DigestDays, readonly number[]> = {
  weekdays: [1, 2, 3, 4, 5],
  daily: [0, 1, 2, 3, 4, 5, 6],
  weekly: [1],
};

export function recurrenceOf({ at, days, timezone }: DigestTimes): Recurrence {
  return { at, weekdays: weekdays[days], timezone };
}

/** When digests are due after `from` and until `until`, in order. */
export function digestsDue(times: DigestTimes, from: Date, until: Date): Date[] {
  return dueBetween(recurrenceOf(times), from, until);
}
