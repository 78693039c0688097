import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { workOf } from "../testing/work-of.ts";
import { jsonObjectIn, parseJson, whyUnread } from "./json-text.ts";

const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;

test("whatever is no deeper and no wider than bodies are is read as the parser reads it", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 20 }), fc.jsonValue(), (text, value) => {
      expect(parseJson(text)).toEqual(JSON.parse(text));
      const indented = JSON.stringify({ value, brackets: `"\\${"[{".repeat(200)}` }, null, 2);
      expect(jsonObjectIn(indented)).toEqual(JSON.parse(indented));
    }),
  );
});

test.each([
  [100, true],
  [101, false],
])("%i deep is read: %s", (depth, isRead) => {
  expect(parseJson(nested(depth)) !== null).toBe(isRead);
  expect(parseJson(`{"a":${nested(depth - 1)}}`) !== null).toBe(isRead);
});

test.each([
  ["no JSON", '{"event": "envelope-se', "not-json"],
  ["a string without end", `${"[".repeat(99)}"\\"${"[".repeat(99)}`, "not-json"],
  ["deep lists", nested(100_000), "too-deeply-nested"],
  [
    "deep objects",
    `{"data":${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}}`,
    "too-deeply-nested",
  ],
  ["deep after an escaped quote", `["\\\\\\"",${nested(500)}]`, "too-deeply-nested"],
  ["many lists", `[${"[],".repeat(300_000)}[]]`, "too-many-parts"],
  ["many members", `[${"1,".repeat(300_000)}1]`, "too-many-parts"],
])("%s: %#", (_what, text, reason) => {
  expect(jsonObjectIn(text)).toBeNull();
  expect(whyUnread(text)).toBe(reason);
});

describe("25 MB of anything are refused or read within a second", () => {
  test.each([
    ["[", "["],
    ['{"a":', '{"a":'],
    ["[],", "[],"],
    ['\\"', '["\\"'],
    ["\\", '["\\'],
    ['",', '["'],
    ["A", '["'],
  ])("%j", (piece, start) => {
    const text = start + piece.repeat(25_000_000 / piece.length);
    const read = () => {
      parseJson(text);
      whyUnread(text);
    };
    expect(workOf(read)).toBeLessThan(1_000);
  });
});
