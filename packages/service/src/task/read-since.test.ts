import { expect, it } from "vitest";
import { readSince } from "./read-since.ts";

it.each([
  ["30d", "2026-10-28T08:00:00.000Z"],
  ["12h", "2026-11-26T20:00:00.000Z"],
  ["2026-11-01", "2026-11-01T00:00:00.000Z"],
  ["2026-11-01T09:30:00+01:00", "2026-11-01T08:30:00.000Z"],
  ["yesterday", null],
  ["2026-13-01", null],
])("since %s is %s", (text, expected) => {
  const since = readSince(text, new Date("2026-11-27T08:00:00Z"));
  expect(since?.toISOString() ?? null).toBe(expected);
});
