import { expect, it } from "vitest";
import { splitWords } from "./words.ts";

it("cuts a word that is too long without halving a character, which PostgreSQL would refuse", () => {
  const [word = ""] = splitWords(`a${"\u{20000}".repeat(60)}`);
  expect(word.isWellFormed()).toBe(true);
  expect(word.length).toBeLessThanOrEqual(100);
});
