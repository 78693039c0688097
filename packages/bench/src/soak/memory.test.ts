import { expect, it } from "vitest";
import { trendOf } from "./memory.ts";

it.each([
  ["rises for good", [100, 110, 120, 130, 140, 150, 160, 170, 180], 110, 170, false],
  ["swings", [100, 180, 110, 170, 120, 160, 110, 170, 120], 130, 133, true],
  ["rises by little", [100, 100, 100, 120, 120, 120, 130, 130, 130], 100, 130, true],
  ["was watched for too short a time", [100, 200, 300], 100, 300, true],
])("memory that %s", (_how, samples, first, last, flat) => {
  const trend = trendOf(samples);
  expect(trend.first).toBeCloseTo(first, 0);
  expect(trend.last).toBeCloseTo(last, 0);
  expect(trend.flat).toBe(flat);
});
