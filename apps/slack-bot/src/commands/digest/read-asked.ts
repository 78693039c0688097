import { usualDigest, digestDays, type DigestDays } from "../../subscriptions/digest-times.ts";
import { readTimeOfDay } from "../../subscriptions/time-of-day.ts";
import { isTimezone } from "../../subscriptions/zoned-time.ts";

/** What was asked about digests. `timezone` null: that of whoever asks. */
export type DigestAsked =
  | { kind: "now" }
  | { kind: "off" }
  | { kind: "times"; days: DigestDays; at: string; timezone: string | null }
  | { kind: "unreadable" };

/** Reads nothing, `off`, or `daily|weekdays|weekly [at] [9|9:30|9am] [zone]`. */
export function readDigestAsked(typed: string): DigestAsked {
  const [first = "", ...rest] = typed.trim().split(/\s+/u);
  const word = first.toLowerCase();
  if (word === "" || word === "now")
    return rest.length === 0 ? { kind: "now" } : { kind: "unreadable" };
  if (word === "off") return rest.length === 0 ? { kind: "off" } : { kind: "unreadable" };
  const days = digestDays.find((one) => one === word);
  if (days === undefined) return { kind: "unreadable" };
  const hasAt = rest[0]?.toLowerCase() === "at";
  const left = hasAt ? rest.slice(1) : rest;
  const at = readTimeOfDay(left[0] ?? "");
  const [timezone = null, ...others] = at === null ? left : left.slice(1);
  if (others.length > 0 || (hasAt && at === null)) return { kind: "unreadable" };
  if (timezone !== null && !isTimezone(timezone)) return { kind: "unreadable" };
  return { kind: "times", days, at: at ?? usualDigest.at, timezone };
}
