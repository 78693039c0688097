import { expect, it } from "vitest";
import { readSince } from "./read-since.ts";

it.each([
  ["", { days: null }],
  ["--since 3d", { days: 3 }],
  ["—since 10 days", { days: 10 }],
  ["since 2w", { days: 10 }],
  ["--since=1", { days: 1 }],
  ["5d", { days: 5 }],
  ["--since", { fault: "" }],
  ["--since 0d", { fault: "0d" }],
  ["--since 91d", { fault: "91d" }],
  ["--since monday", { fault: "monday" }],
])("reads %j", (typed, expected) => {
  expect(readSince(typed, 5)).toEqual(expected);
});
