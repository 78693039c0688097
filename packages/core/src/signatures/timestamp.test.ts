import { describe, expect, test } from "vitest";
import { dotted, isTimely, unixSeconds, unixSecondsIn } from "./timestamp.ts";

const now = new Date("2026-12-01T12:00:00.900Z");

describe("a request is timely", () => {
  test.each([
    [-301, false],
    [-300, true],
    [0, true],
    [300, true],
    [301, false],
  ])("%d s from now: %s", (seconds, timely) => {
    expect(isTimely(unixSeconds(now) + seconds, now, 300)).toBe(timely);
  });
});

test.each([
  ["1778742233", 1_778_742_233],
  ["0", 0],
  ["", null],
  ["1778742233.5", null],
  ["-1", null],
  ["1e9", null],
  [" 1778742233", null],
  ["1778742233, 1778742233", null],
  ["999999999999", null],
])("%j is %j seconds", (text, seconds) => {
  expect(unixSecondsIn(text)).toBe(seconds);
});

test("signed content is the parts and the bytes as they are", () => {
  const body = Uint8Array.of(0xff, 0x2e, 0x00);
  const signed = Buffer.concat([Buffer.from("a.7."), body]);
  expect(Buffer.concat(dotted(["a", 7], body))).toEqual(signed);
});
