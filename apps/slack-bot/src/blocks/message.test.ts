import { expect, it } from "vitest";
import { cut, fitLines, lineSections, sentenceMessage } from "./message.ts";
import { moreWords } from "../words/name-words.ts";
import { findFaults } from "./validate.ts";

const lines = (count: number, length: number) =>
  Array.from({ length: count }, () => "a".repeat(length));

it.each([
  ["abcdef", 6, "abcdef"],
  ["abcdefg", 6, "abcd…"],
  ["abc&amp;d", 8, "abc…"],
  ["abc <https://example.com|x>", 12, "abc …"],
  ["\u2068שלום שלום\u2069", 8, "\u2068שלום …\u2069"],
])("cuts %j to %i characters", (text, length, short) => {
  expect(cut(text, length)).toBe(short);
});

it.each([
  [3, 5, "aaaaa\naaaaa\naaaaa"],
  [6, 5, "aaaaa\naaaaa\naaaaa\naaaaa\nand 2 more"],
  [3, 40, `${"a".repeat(40)}\nand 2 more`],
])("fits %i lines of %i characters", (count, length, text) => {
  expect(fitLines(lines(count, length), 4, 60, moreWords)).toBe(text);
});

it.each([
  ["in one section", 5, 100, 10_000, [504]],
  ["in as many sections as they need", 5, 1_500, 12_000, [1_500, 1_500, 1_500, 1_500, 1_500]],
  ["and counts those left out", 5, 1_500, 5_000, [1_500, 1_500, 1_500, 10]],
  ["and counts all where none fits", 2, 1_500, 1_000, [10]],
])("sets lines %s", (_, count, length, room, lengths) => {
  const sections = lineSections(lines(count, length), { atMost: 20, room, more: moreWords });
  expect(sections.map(({ text }) => text?.text.length)).toEqual(lengths);
});

it("says a long answer as far as Slack takes it", () => {
  const message = sentenceMessage(`${"word ".repeat(1_000)}.`);
  expect(findFaults(message)).toEqual([]);
  expect(message.text).toBe(`${"word ".repeat(1_000).slice(0, 3_998)}…`);
});
