import { expect, it } from "vitest";
import { latencyOf, median, quantile } from "./statistics.ts";

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
