import { expect, it } from "vitest";
import { latencyOf, latencyOfStretches, median, quantile } from "./statistics.ts";

it.each([
  [[10, 20, 30, 40], 0.5, 20],
  [[10, 20, 30, 40], 0.99, 40],
  [[10, 20, 30, 40], 0.25, 10],
  [[10], 0, 10],
])("of %j the %d quantile is %d", (ascending, q, value) => {
  expect(quantile(ascending, q)).toBe(value);
});

it("sorts latencies as numbers", () => {
  const milliseconds = Array.from({ length: 200 }, (_, index) => 200 - index);
  expect(latencyOf(milliseconds)).toEqual({ p50Ms: 100, p99Ms: 198 });
});

it.each([
  [[3, 100, 2], 3],
  [[4, 1, 3, 2], 2.5],
  [[7], 7],
])("the median of %j is %d", (values, middle) => {
  expect(median(values)).toBe(middle);
});

it("says that nothing was measured", () => {
  expect(latencyOf([])).toEqual({ p50Ms: Number.NaN, p99Ms: Number.NaN });
  expect(median([])).toBeNaN();
});

it("takes the medians of equal stretches of time, and the worst of them beside", () => {
  const waits = Array.from({ length: 300 }, (_, index) => {
    const standsStill = index >= 150 && index < 160;
    return { at: 1_000 + index * 10, milliseconds: standsStill ? 900 : index < 100 ? 5 : 7 };
  });
  const stretches = { from: 1_000, until: 4_000, stretches: 3 };
  expect(latencyOfStretches(waits, stretches)).toEqual({ p50Ms: 7, p99Ms: 7, worstP99Ms: 900 });
});

it("does not leave out a stretch in which nothing came", () => {
  const waits = [{ at: 0, milliseconds: 5 }];
  const { p99Ms, worstP99Ms } = latencyOfStretches(waits, { from: 0, until: 300, stretches: 3 });
  expect([p99Ms, worstP99Ms]).toEqual([Number.NaN, Number.NaN]);
});
