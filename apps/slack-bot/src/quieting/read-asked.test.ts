import { expect, it } from "vitest";
import { readQuietAsked, readSnoozeAsked } from "./read-asked.ts";

it.each([
  ["mill lease", { target: "mill lease", scope: "me" }],
  ["mill lease here", { target: "mill lease", scope: "here" }],
  ["mill lease HERE ", { target: "mill lease", scope: "here" }],
  ["mill lease for me", { target: "mill lease", scope: "me" }],
  ["mill lease me", { target: "mill lease", scope: "me" }],
  ['"We are here"', { target: '"We are here"', scope: "me" }],
  ['"We are here" here', { target: '"We are here"', scope: "here" }],
  ["nowhere", { target: "nowhere", scope: "me" }],
  ["here", { target: "", scope: "here" }],
  ["", { target: "", scope: "me" }],
])("reads %j", (words, asked) => {
  expect(readQuietAsked(words)).toEqual(asked);
});

it.each([
  ["mill lease 2h", { target: "mill lease", span: "2h", scope: "me" }],
  ["mill lease until monday here", { target: "mill lease", span: "monday", scope: "here" }],
  ["mill lease for 3d for me", { target: "mill lease", span: "3d", scope: "me" }],
  ["mill tomorrow me", { target: "mill", span: "tomorrow", scope: "me" }],
  ["2h", { target: "", span: "2h", scope: "me" }],
  ["", { target: "", span: "", scope: "me" }],
])("reads a snooze %j", (words, asked) => {
  expect(readSnoozeAsked(words)).toEqual(asked);
});
