import { expect, it } from "vitest";
import { nearestOf } from "./nearest.ts";

it.each([
  ["statsu", "status"],
  ["at", "at"],
  ["tagg", "tag"],
  ["x", null],
  ["abc", null],
  ["frobnicate", null],
  ["status".repeat(1_000), null],
])("finds for %j the known word %j", (word, nearest) => {
  expect(nearestOf(word, ["status", "tag", "at"])).toBe(nearest);
});
