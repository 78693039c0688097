import { expect, it } from "vitest";
import { readDigestAsked } from "./read-asked.ts";

const times = (days: string, at = "09:00", timezone: string | null = null) => {
  return { kind: "times", days, at, timezone };
};

it.each([
  ["", { kind: "now" }],
  ["now", { kind: "now" }],
  [" OFF ", { kind: "off" }],
  ["daily", times("daily")],
  ["Weekdays at 9", times("weekdays")],
  ["weekly 8:30", times("weekly", "08:30")],
  ["daily at 12am", times("daily", "00:00")],
  ["daily 12:15PM", times("daily", "12:15")],
  ["daily at 5pm America/New_York", times("daily", "17:00", "America/New_York")],
  ["daily Europe/Berlin", times("daily", "09:00", "Europe/Berlin")],
])("reads %j", (typed, asked) => {
  expect(readDigestAsked(typed)).toEqual(asked);
});

it.each([
  "hourly",
  "daily at",
  "daily at noon",
  "daily 24:00",
  "daily 9:60",
  "daily 13pm",
  "daily 0am",
  "daily 9 Berlin",
  "daily 9:00 UTC please",
  "off please",
  "now please",
])("does not guess at %j", (typed) => {
  expect(readDigestAsked(typed)).toEqual({ kind: "unreadable" });
});
