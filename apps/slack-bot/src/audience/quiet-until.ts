import type { PersonSettings } from "../people/settings.ts";
import { clockOf, instantOf } from "../subscriptions/zoned-time.ts";

/**
 * When a person's quiet hours or weekend end, where they are in one now; null where they can be told. `timezone`
 * is an IANA name. Quiet hours that run into a weekend last until it is over.
 */
export function quietUntil(
  settings: Pick<PersonSettings, "quietHours" | "weekends">,
  timezone: string,
  now: Date,
): Date | null {
  let until = now;
  // A weekend and the night behind it: no more than a few in a row, unless every hour is quiet.
  for (let step = 0; step < mostSteps; step += 1) {
    const next = endOf(settings, timezone, until);
    if (next === null) break;
    until = next;
  }
  return until === now ? null : until;
}

const mostSteps = 8;

function endOf(
  { quietHours, weekends }: Pick<PersonSettings, "quietHours" | "weekends">,
  timezone: string,
  instant: Date,
): Date | null {
  const there = clockOf(timezone, instant);
  const day = there.getUTCDay();
  if (weekends === "quiet" && (day === 6 || day === 0)) {
    return atClock(there, day === 6 ? 2 : 1, "00:00", timezone);
  }
  if (quietHours === null) return null;
  const { from, to } = quietHours;
  const time = there.toISOString().slice(11, 16);
  if (from <= to) return time >= from && time < to ? atClock(there, 0, to, timezone) : null;
  if (time >= from) return atClock(there, 1, to, timezone);
  return time < to ? atClock(there, 0, to, timezone) : null;
}

/** So many days ahead, when the clock in the zone shows that time. */
function atClock(there: Date, ahead: number, time: string, timezone: string): Date {
  const day = new Date(there.getTime() + ahead * 86_400_000).toISOString().slice(0, 10);
  return instantOf(timezone, `${day}T${time}`);
}
