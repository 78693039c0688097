import * as fc from "fast-check";
import { expect, test } from "vitest";
import { toInstant } from "./instant.ts";

test.each<[unknown, string | null]>([
  ["2026-05-04T09:30:15Z", "2026-05-04T09:30:15.000Z"],
  ["2026-05-04T09:30:15.1Z", "2026-05-04T09:30:15.100Z"],
  ["2026-05-04T09:30:15.1239999Z", "2026-05-04T09:30:15.123Z"],
  ["2026-05-31T09:30:15Z", "2026-05-31T09:30:15.000Z"],
  ["1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"],
  ["1969-12-28T23:59:59Z", null],
  ["2026-13-04T09:30:15Z", null],
  ["2026-05-04T24:30:15Z", null],
  ["2026-05-04T09:60:15Z", null],
  ["2026-05-04T09:30:15.Z", null],
  [" 2026-05-04 09:30:15+0200 ", "2026-05-04T07:30:15.000Z"],
  ["2026-05-04", "2026-05-04T00:00:00.000Z"],
  ["2026-04-15T14:32Z", "2026-04-15T14:32:00.000Z"],
  ["2026-04-15 14:32", "2026-04-15T14:32:00.000Z"],
  ["2026-04-15T14:32+02", "2026-04-15T12:32:00.000Z"],
  ["2026-04-15T14:32:07-0530", "2026-04-15T20:02:07.000Z"],
  ["2026-04-15T14:32:07.5+02", "2026-04-15T12:32:07.500Z"],
  ["2026-04-15T14:32:07,25Z", "2026-04-15T14:32:07.250Z"],
  ["2026-04-15T14:32,5Z", null],
  ["2026-04-15T14Z", null],
  ["2026-04-15T14:32+2", null],
  ["2026-04-15T14:32:07,Z", null],
  ["2026-04-15T14:32:07+25", null],
  ["1776263527", null],
  [7, null],
])("%j is %j", (text, instant) => {
  expect(toInstant(text)).toBe(instant);
});

test("UTC with a Z and with an offset of nothing are the same time", () => {
  const part = fc.integer({ min: 0, max: 99 }).map((number) => String(number).padStart(2, "0"));
  const fraction = fc.stringMatching(/^(\.\d{1,9})?$/);
  const text = fc.tuple(part, part, part, part, part, part, fraction);
  fc.assert(
    fc.property(text, ([year, month, day, hours, minutes, seconds, rest]) => {
      const local = `20${year}-${month}-${day}T${hours}:${minutes}:${seconds}${rest}`;
      expect(toInstant(`${local}Z`)).toBe(toInstant(`${local}+00:00`));
    }),
    { numRuns: 20_000 },
  );
});
