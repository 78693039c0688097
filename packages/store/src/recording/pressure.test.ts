import { expect, it } from "vitest";
import { createPressure } from "./pressure.ts";

it("begins with a large group, is kept up by half of one, and ends a while after the last", () => {
  const isPressed = createPressure(32, 250);
  const groups: [size: number, at: number, pressed: boolean][] = [
    [31, 0, false],
    [32, 100, true],
    [1, 101, true],
    [16, 300, true],
    [15, 549, true],
    [15, 550, false],
    [31, 551, false],
  ];
  for (const [size, at, pressed] of groups)
    expect([at, isPressed(size, at)]).toEqual([at, pressed]);
});

it("never begins where nothing is to be kept unread", () => {
  expect(createPressure(Infinity)(1_000, 0)).toBe(false);
});
