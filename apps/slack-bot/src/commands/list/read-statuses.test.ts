import { expect, it } from "vitest";
import { readStatuses, statusNames } from "./read-statuses.ts";

it.each([
  ["", ["open"], ["draft", "sent", "viewed", "partially_signed"]],
  ["Sent, VIEWED", ["sent", "viewed"], ["sent", "viewed"]],
  ["partly signed and declined", ["partly-signed", "declined"], ["partially_signed", "declined"]],
  ["partially_signed", ["partly-signed"], ["partially_signed"]],
  ["signed", ["signed"], ["partially_signed", "completed"]],
  ["cancelled", ["voided"], ["voided"]],
  ["closed", ["ended"], ["completed", "declined", "voided", "expired"]],
])("reads %j", (typed, words, statuses) => {
  expect(readStatuses(typed)).toEqual({ kind: "statuses", words, statuses });
});

it("reads its own words back", () => {
  for (const name of statusNames) {
    expect(readStatuses(name)).toMatchObject({ kind: "statuses", words: [name] });
  }
});

it.each([
  ["complted", "completed"],
  ["sent xyzzy", null],
])("does not know %j", (typed, nearest) => {
  const word = typed.split(" ").at(-1);
  expect(readStatuses(typed)).toEqual({ kind: "unknown", word, nearest });
});
