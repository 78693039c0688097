import { expect, it } from "vitest";
import { createRate } from "./rate.ts";

it.each<[string, number[], number[]]>([
  ["a burst is let in, and one more waits", [0, 0, 0, 0], [0, 0, 0, 0.5]],
  ["a place comes free with time", [0, 0, 0, 500, 500], [0, 0, 0, 0, 0.5]],
  ["rest is not saved up beyond a burst", [0, 60_000, 60_000, 60_000, 60_000], [0, 0, 0, 0, 0.5]],
  ["a clock set back takes nothing away", [0, 0, -60_000, -59_500, -59_500], [0, 0, 0, 0, 0.5]],
])("%s", (_what, times, waits) => {
  const takePlace = createRate({ perSecond: 2, burst: 3 });
  const start = Date.parse("2026-05-04T09:00:00Z");
  expect(times.map((time) => takePlace(new Date(start + time)))).toEqual(waits);
});
