import { expect, it } from "vitest";
import { readSpan } from "./read-span.ts";

// A Tuesday; in Sydney it is Wednesday already.
const now = new Date("2026-03-24T20:30:00.000Z");

it.each([
  ["30m", "UTC", "2026-03-24T21:00:00.000Z"],
  ["45min", "UTC", "2026-03-24T21:15:00.000Z"],
  [" 2H ", "UTC", "2026-03-24T22:30:00.000Z"],
  ["3d", "UTC", "2026-03-27T20:30:00.000Z"],
  ["1w", "UTC", "2026-03-31T20:30:00.000Z"],
  // Clocks go forward there on the 29th.
  ["1w", "Europe/Berlin", "2026-03-31T19:30:00.000Z"],
  ["168h", "Europe/Berlin", "2026-03-31T20:30:00.000Z"],
  ["tomorrow", "UTC", "2026-03-25T09:00:00.000Z"],
  ["tomorrow", "America/New_York", "2026-03-25T13:00:00.000Z"],
  ["tomorrow", "Australia/Sydney", "2026-03-25T22:00:00.000Z"],
  ["monday", "UTC", "2026-03-30T09:00:00.000Z"],
  ["Mon", "Europe/Berlin", "2026-03-30T07:00:00.000Z"],
  ["tuesday", "UTC", "2026-03-31T09:00:00.000Z"],
  ["wednesday", "UTC", "2026-03-25T09:00:00.000Z"],
  ["wed", "Australia/Sydney", "2026-03-31T22:00:00.000Z"],
  ["90d", "UTC", "2026-06-22T20:30:00.000Z"],
])("reads %j in %s", (text, timezone, until) => {
  expect(readSpan(text, timezone, now)).toEqual(new Date(until));
});

it.each(["91d", "99999h", "99999w"])("finds %j too long", (text) => {
  expect(readSpan(text, "UTC", now)).toBe("too-long");
});

it.each([
  "",
  "0h",
  "-2h",
  "2",
  "h",
  "2 h",
  "2y",
  "123456m",
  "mo",
  "yesterday",
  "here",
  "constructor",
])("does not know %j", (text) => {
  expect(readSpan(text, "UTC", now)).toBeNull();
});
