/**
 * An outside time as ISO 8601 UTC with milliseconds, or null where it is not a time. Vendors write 0 to 7
 * fractional digits; what is finer than a millisecond is dropped. ISO 8601 also allows a decimal comma, and
 * leaving out the seconds, and the minutes of an offset. A time without a zone is read as UTC
 * plus `offsetHours` (-7: the clock stands seven hours behind UTC).
 */
export function toInstant(text: unknown, offsetHours = 0): string | null {
  if (typeof text !== "string") return null;
  if (plain.test(text))
    return `${text.slice(0, 19)}.${text.slice(20, -1).slice(0, 3).padEnd(3, "0")}Z`;
  const match = pattern.exec(text.trim());
  if (match === null) return null;
  const [, date, minutes = "00:00", seconds = ":00", fraction = "", zone] = match;
  const millis = fraction.slice(0, 3).padEnd(3, "0");
  const at = Date.parse(
    `${date}T${minutes}${seconds}.${millis}${zone === undefined ? "Z" : zoneOf(zone)}`,
  );
  if (Number.isNaN(at)) return null;
  return fromMillis(zone === undefined ? at - offsetHours * 3_600_000 : at);
}

/** Milliseconds since 1970 as an instant, or null outside the years 1970 to 9999. */
export function fromMillis(millis: number): string | null {
  if (!Number.isFinite(millis) || millis < 0 || millis > 253_402_300_799_999) return null;
  return new Date(millis).toISOString();
}

/**
 * UTC, and a day that every month has: it needs no calendar to be written anew. Most times are of this kind,
 * and a webhook has twenty of them.
 */
const plain =
  /^(?:19[7-9]|[2-9]\d\d)\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/;

const pattern =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?:(:\d\d)(?:[.,](\d{1,9}))?)?\s?(Z|z|[+-]\d\d(?::?\d\d)?)?)?$/;

function zoneOf(zone: string): string {
  if (zone === "Z" || zone === "z") return "Z";
  return `${zone.slice(0, 3)}:${zone.slice(3).replace(":", "") || "00"}`;
}
