import { expect, it } from "vitest";
import { parts, readArguments } from "./arguments.ts";
import { readSoakArguments } from "./soak/arguments.ts";

it("runs everything with 128 connections unless told otherwise", () => {
  expect(readArguments([])).toEqual({
    kind: "run",
    json: false,
    connections: 128,
    parts: new Set(parts),
  });
});

it("runs the parts that are named", () => {
  expect(readArguments(["--only", "receiver, drain", "--json", "--connections", "32"])).toEqual({
    kind: "run",
    json: true,
    connections: 32,
    parts: new Set(["receiver", "drain"]),
  });
});

it.each([
  [["--only", "reciever"], 'There is no part "reciever"'],
  [["--connections", "none"], '--connections is "none"'],
  [["--connections", "0"], '--connections is "0"'],
  [["--fast"], "--fast"],
])("refuses %j and says why", (given, message) => {
  const read = readArguments(given);
  expect(read).toMatchObject({ kind: "wrong", message: expect.stringContaining(message) });
});

it("explains itself", () => {
  expect(readArguments(["--help"])).toEqual({ kind: "help" });
  expect(readSoakArguments(["--help"])).toEqual({ kind: "help" });
});

it.each([
  [[], { kind: "run", minutes: 30, ratePerSecond: 400 }],
  [["--minutes", "5", "--rate", "50"], { kind: "run", minutes: 5, ratePerSecond: 50 }],
  [["--minutes", "0"], { kind: "wrong", message: expect.stringContaining("--minutes") }],
  [["--rate", "1e9"], { kind: "wrong", message: expect.stringContaining("--rate") }],
])("reads %j for the soak", (given, read) => {
  expect(readSoakArguments(given)).toEqual(read);
});
