import { expect, it } from "vitest";
import { createPressure } from "./pressure.ts";

type Group = [size: number, at: number, pressed: boolean];

function expectOf(groups: readonly Group[]): void {
  const pressure = createPressure(32, { beginsAfterMs: 200, holdsMs: 250 });
  for (const [size, at, pressed] of groups) {
    expect([at, pressure.note(size, at)]).toEqual([at, pressed]);
    expect([at, pressure.holds(at)]).toEqual([at, pressed]);
  }
}

it("begins when large groups have come for a while, is kept up by half of one, and ends a while after the last", () => {
  expectOf([
    [32, 100, false],
    [64, 299, false],
    [32, 300, true],
    [1, 301, true],
    [16, 540, true],
    [15, 789, true],
    [15, 790, false],
    [32, 791, false],
  ]);
});

it("does not begin with what queued during a standstill", () => {
  expectOf([
    [64, 100, false],
    [64, 150, false],
    [40, 200, false],
    [15, 240, false],
    [64, 310, false],
    [64, 509, false],
  ]);
});

it("begins though a group between the large ones is smaller, as long as it is half of one", () => {
  expectOf([
    [32, 0, false],
    [16, 100, false],
    [31, 250, false],
    [32, 260, true],
  ]);
});

it("begins at once where it is told so", () => {
  const pressure = createPressure(2, { beginsAfterMs: 0 });
  expect(pressure.holds(0)).toBe(false);
  expect(pressure.note(2, 0)).toBe(true);
});

it("never begins where nothing is to be kept unread", () => {
  const pressure = createPressure(Infinity);
  expect(pressure.note(1_000, 0)).toBe(false);
  expect(pressure.note(1_000, 1_000)).toBe(false);
});
