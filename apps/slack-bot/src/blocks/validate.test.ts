import { expect, it } from "vitest";
import { findFaults } from "./validate.ts";

const header = (text: string) => ({ type: "header", text: { type: "plain_text", text } });
const section = (text: string) => ({
  type: "section",
  text: { type: "mrkdwn", text, verbatim: true },
});

it.each([
  ["a long header", { text: "a", blocks: [header("a".repeat(151))] }],
  ["a long section", { text: "a", blocks: [section("a".repeat(3_001))] }],
  ["an empty section", { text: "a", blocks: [{ type: "section" }] }],
  ["too many blocks", { text: "a", blocks: Array.from({ length: 51 }, () => header("a")) }],
  [
    "too much in all",
    { text: "a", blocks: Array.from({ length: 5 }, () => section("a".repeat(2_900))) },
  ],
  ["an unknown block", { text: "a", blocks: [{ type: "carousel" }] }],
  ["no text for notifications", { text: "", blocks: [header("a")] }],
  ["half a character", { text: "a", blocks: [header("\uD83D")] }],
])("complains of %s", (_, message) => {
  expect(findFaults(message)).not.toEqual([]);
});

it("takes what Slack takes", () => {
  expect(findFaults({ text: "a", blocks: [header("a".repeat(150)), section("b")] })).toEqual([]);
});
