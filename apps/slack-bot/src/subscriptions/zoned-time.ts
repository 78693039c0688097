/** Whether this is a time zone that the runtime knows, such as `Europe/Berlin`. */
export function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).format(0) !== "";
  } catch {
    return false;
  }
}

/** What a clock in the zone shows at an instant, as if it were UTC. */
export function clockOf(timezone: string, instant: Date): Date {
  const parts = clockIn(timezone).formatToParts(instant);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const days = Date.UTC(of("year"), of("month") - 1, of("day"));
  return new Date(days + ((of("hour") * 60 + of("minute")) * 60 + of("second")) * 1_000);
}

/** When a clock in the zone shows `yyyy-mm-ddThh:mm`. A time that is skipped in spring is an hour later. */
export function instantOf(timezone: string, local: string): Date {
  const wanted = Date.parse(`${local}:00.000Z`);
  const behind = (instant: number) => clockOf(timezone, new Date(instant)).getTime() - instant;
  const [early, late] = [behind(wanted - 86_400_000), behind(wanted + 86_400_000)];
  const candidates = [wanted - early, wanted - late];
  const exact = candidates.find((instant) => instant + behind(instant) === wanted);
  return new Date(exact ?? wanted - early);
}

/** To make one takes a hundred times as long as to use it, and there are few zones. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockIn(timezone: string): Intl.DateTimeFormat {
  const known = clocks.get(timezone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat("en", {
    timeZone: timezone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  clocks.set(timezone, clock);
  return clock;
}
