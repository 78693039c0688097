import { clockOf, instantOf } from "../subscriptions/zoned-time.ts";

/** At what time of a day a snooze that names only the day ends. */
const morning = "09:00";

/** The longest snooze, in days. */
export const longestSnooze = 90;

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/**
 * Until when a snooze lasts: `30m`, `2h`, `3d` and `1w` from now, `tomorrow` and `monday` until the morning in
 * the person's time zone. Null where it is something else; a time too far off is `too-long`.
 */
export function readSpan(text: string, timezone: string, now: Date): Date | "too-long" | null {
  const word = text.trim().toLowerCase();
  const until = readLength(word, timezone, now) ?? readDay(word, timezone, now);
  if (until === null) return null;
  return until.getTime() - now.getTime() > longestSnooze * 86_400_000 ? "too-long" : until;
}

const minutes: Record<string, number> = { m: 1, min: 1, h: 60 };
const days: Record<string, number> = { d: 1, w: 7 };

/** Days end at the same time of the day, also where clocks are changed in between. */
function readLength(word: string, timezone: string, now: Date): Date | null {
  const [, count = "", unit = ""] = /^([1-9]\d{0,4})(m|min|h|d|w)$/.exec(word) ?? [];
  const length = Number(count) * (minutes[unit] ?? 0);
  if (length > 0) return new Date(now.getTime() + length * 60_000);
  const ahead = Number(count) * (days[unit] ?? 0);
  return ahead === 0 ? null : inDays(ahead, timezone, now);
}

function inDays(count: number, timezone: string, now: Date): Date {
  const there = clockOf(timezone, now);
  const then = new Date(there.getTime() + count * 86_400_000);
  return instantOf(timezone, then.toISOString().slice(0, 16));
}

function readDay(word: string, timezone: string, now: Date): Date | null {
  const there = clockOf(timezone, now);
  if (word === "tomorrow") return morningIn(1, there, timezone);
  const asked = weekdays.findIndex(
    (day) => day === word || (word.length >= 3 && day.startsWith(word)),
  );
  if (asked === -1) return null;
  const ahead = (asked - there.getUTCDay() + 7) % 7;
  return morningIn(ahead === 0 ? 7 : ahead, there, timezone);
}

function morningIn(ahead: number, there: Date, timezone: string): Date {
  const day = new Date(there.getTime() + ahead * 86_400_000).toISOString().slice(0, 10);
  return instantOf(timezone, `${day}T${morning}`);
}
