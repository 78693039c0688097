import { expect, it } from "vitest";
import { createPressure } from "./pressure.ts";

type Group = [size: number, at: number, pressed: boolean];

/** The same groups with what became of each. */
function judge(groups: readonly Group[]): Group[] {
  const pressure = createPressure(32, { beginsAfterMs: 200, holdsMs: 250 });
  return groups.map(([size, at]) => [size, at, pressure.note(size, at)]);
}

it("begins when large groups have come for a while, is kept up by half of one, and ends a while after the last", () => {
  const groups: Group[] = [
    [32, 100, false],
    [64, 299, false],
    [32, 300, true],
    [1, 301, true],
    [16, 540, true],
    [15, 789, true],
    [15, 790, false],
    [32, 791, false],
  ];
  expect(judge(groups)).toEqual(groups);
});

it("does not begin with what queued during a standstill", () => {
  const groups: Group[] = [
    [64, 100, false],
    [64, 150, false],
    [40, 200, false],
    [15, 240, false],
    [64, 310, false],
    [64, 509, false],
  ];
  expect(judge(groups)).toEqual(groups);
});

it("begins though a group between the large ones is smaller, as long as it is half of one", () => {
  const groups: Group[] = [
    [32, 0, false],
    [16, 100, false],
    [31, 250, false],
    [32, 260, true],
  ];
  expect(judge(groups)).toEqual(groups);
});

it("does not begin with a large group that comes long after another", () => {
  const groups: Group[] = [
    [64, 0, false],
    [64, 60_000, false],
    [64, 60_100, false],
    [64, 60_200, true],
  ];
  expect(judge(groups)).toEqual(groups);
});

it("begins though each group takes a slow database a second", () => {
  const groups: Group[] = [
    [64, 0, false],
    [64, 1_000, true],
  ];
  expect(judge(groups)).toEqual(groups);
});

it("begins at once where it is told so", () => {
  const pressure = createPressure(2, { beginsAfterMs: 0 });
  expect(pressure.holds(0)).toBe(false);
  expect(pressure.note(2, 0)).toBe(true);
  expect(pressure.holds(249)).toBe(true);
  expect(pressure.holds(250)).toBe(false);
});

it("never begins where nothing is to be kept unread", () => {
  const pressure = createPressure(Infinity);
  expect(pressure.note(1_000, 0)).toBe(false);
  expect(pressure.note(1_000, 1_000)).toBe(false);
});
