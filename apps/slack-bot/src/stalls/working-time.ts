import { clockOf, instantOf } from "../subscriptions/zoned-time.ts";

/**
 * When people work, by a clock in `timezone` (IANA name); `from` and `to` are `hh:mm`. Hours that go over midnight
 * belong to the day on which they begin.
 */
export type WorkingHours = {
  from: string;
  to: string;
  days: readonly ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[];
  timezone: string;
};

const dayLength = 86_400_000;

/** As `Date` numbers the days. */
const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

export function isWorkingTime(instant: Date, hours: WorkingHours): boolean {
  const local = clockOf(hours.timezone, instant);
  const time = local.toISOString().slice(11, 16);
  const { from, to } = hours;
  const isInHours = from < to ? from <= time && time < to : from <= time || time < to;
  return isInHours && isWorkingDay(beginningOf(local, hours), hours);
}

/** The instant itself where it is in working hours, else when these begin next. */
export function workingTimeFrom(instant: Date, hours: WorkingHours): Date {
  if (isWorkingTime(instant, hours)) return instant;
  const today = dayOf(instant, hours);
  const beginnings = Array.from({ length: 9 }, (_, days) => new Date(today + days * dayLength))
    .filter((day) => isWorkingDay(day, hours))
    .map((day) => instantOf(hours.timezone, `${day.toISOString().slice(0, 10)}T${hours.from}`));
  return beginnings.find((beginning) => beginning >= instant) ?? instant;
}

/**
 * When so many working days have gone by: at the same time of day, by the clock in the zone. What begins
 * outside of working hours counts from when these begin.
 */
export function afterWorkingDays(since: Date, days: number, hours: WorkingHours): Date {
  const begun = clockOf(hours.timezone, workingTimeFrom(since, hours)).getTime();
  let day = begun;
  for (let left = days; left > 0;) {
    day += dayLength;
    if (isWorkingDay(beginningOf(new Date(day), hours), hours)) left -= 1;
  }
  const minute = instantOf(hours.timezone, new Date(day).toISOString().slice(0, 16));
  return new Date(minute.getTime() + (begun % 60_000));
}

/** Whether so many working days have gone by since then. */
export function haveGoneBy(since: Date, days: number, hours: WorkingHours, now: Date): boolean {
  const gone = (now.getTime() - since.getTime()) / dayLength;
  // Of most contracts a look at the calendar is enough; clocks need not be asked. A working day is a day, but for
  // the hour by which clocks change; work begins within eight days, and each week has its working days.
  if (gone < days - 1 / 24) return false;
  if (gone > (days / hours.days.length) * 7 + 16) return true;
  return afterWorkingDays(since, days, hours) <= now;
}

/** The day on which the working hours began that this time is in. */
function beginningOf(local: Date, { from, to }: WorkingHours): Date {
  const isAfterMidnight = to <= from && local.toISOString().slice(11, 16) < to;
  return isAfterMidnight ? new Date(local.getTime() - dayLength) : local;
}

function isWorkingDay(local: Date, { days }: WorkingHours): boolean {
  return days.some((day) => day === weekdays[local.getUTCDay()]);
}

function dayOf(instant: Date, { timezone }: WorkingHours): number {
  const local = clockOf(timezone, instant).getTime();
  return local - (local % dayLength);
}
