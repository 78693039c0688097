import { expect, it } from "vitest";
import { digestsDue, type DigestTimes } from "./digest-times.ts";
import { isTimezone } from "./zoned-time.ts";

function due(times: DigestTimes, from: string, until: string): string[] {
  return digestsDue(times, new Date(from), new Date(until)).map((at) =>
    at.toISOString().slice(0, 16),
  );
}

const berlin = { at: "09:00", timezone: "Europe/Berlin" };

it.each<[string, DigestTimes, string, string, string[]]>([
  [
    "weekdays, across the weekend on which clocks go forward",
    { ...berlin, days: "weekdays" },
    "2026-03-27T00:00:00Z",
    "2026-03-30T12:00:00Z",
    ["2026-03-27T08:00", "2026-03-30T07:00"],
  ],
  [
    "the day itself on which clocks go forward",
    { ...berlin, days: "daily" },
    "2026-03-29T00:00:00Z",
    "2026-03-29T12:00:00Z",
    ["2026-03-29T07:00"],
  ],
  [
    "weeks on Mondays",
    { ...berlin, days: "weekly" },
    "2026-05-04T07:00:00Z",
    "2026-05-18T07:00:00Z",
    ["2026-05-11T07:00", "2026-05-18T07:00"],
  ],
  [
    "days of a zone that is a day ahead",
    { at: "00:30", days: "daily", timezone: "Pacific/Kiritimati" },
    "2026-05-04T00:00:00Z",
    "2026-05-05T12:00:00Z",
    ["2026-05-04T10:30", "2026-05-05T10:30"],
  ],
  [
    "a time that spring skips, an hour later",
    { at: "02:30", days: "daily", timezone: "America/New_York" },
    "2026-03-08T00:00:00Z",
    "2026-03-09T00:00:00Z",
    ["2026-03-08T07:30"],
  ],
  [
    "a time that autumn has twice, once",
    { at: "01:30", days: "daily", timezone: "America/New_York" },
    "2026-11-01T00:00:00Z",
    "2026-11-02T00:00:00Z",
    ["2026-11-01T05:30"],
  ],
  [
    "nothing in no time",
    { ...berlin, days: "daily" },
    "2026-05-04T07:00:00Z",
    "2026-05-04T07:00:00Z",
    [],
  ],
])("counts %s", (_, times, from, until, instants) => {
  expect(due(times, from, until)).toEqual(instants);
});

it("knows time zones", () => {
  expect(["Europe/Berlin", "UTC", "Mars/Base", ""].map(isTimezone)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
