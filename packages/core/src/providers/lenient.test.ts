import { expect, test } from "vitest";
import { lenient } from "./lenient.ts";

test.each<[unknown, string | undefined]>([
  [1_776_263_527, "2026-04-15T14:32:07.000Z"],
  [1_776_263_527_250, "2026-04-15T14:32:07.250Z"],
  ["1776263527", "2026-04-15T14:32:07.000Z"],
  [" 1776263527250 ", "2026-04-15T14:32:07.250Z"],
  ["2026-04-15T14:32Z", "2026-04-15T14:32:00.000Z"],
  ["20260415", undefined],
  ["202604151432", undefined],
  ["-1776263527", undefined],
  ["17762635270000000", undefined],
  ["", undefined],
  [true, undefined],
  [["1776263527"], undefined],
  [{ toString: 1 }, undefined],
])("as a time %j is %j", (value, instant) => {
  expect(lenient.instant.parse(value)).toBe(instant);
});
