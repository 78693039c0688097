import { expect, it } from "vitest";
import { parseAsked } from "./parse.ts";

it.each([
  ["", { kind: "help" }],
  ["  HELP me", { kind: "help" }],
  ["status mill lease ", { kind: "command", verb: "status", words: "mill lease" }],
  ["Status", { kind: "command", verb: "status", words: "" }],
  ["statsu mill", { kind: "unknown", verb: "statsu", nearest: "status" }],
  ["hlep", { kind: "unknown", verb: "hlep", nearest: "help" }],
  ["frobnicate", { kind: "unknown", verb: "frobnicate", nearest: null }],
  ["x".repeat(9_000), { kind: "unknown", verb: "x".repeat(9_000), nearest: null }],
])("reads %j", (text, asked) => {
  expect(parseAsked(text, ["status"])).toEqual(asked);
});
