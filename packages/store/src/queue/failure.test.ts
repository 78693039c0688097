import { expect, it } from "vitest";
import { failureOf, readFailure, type Failure } from "./failure.ts";

class RateLimited extends Error {
  override name = "RateLimited";
  readonly code = 429;
}

it.each<[string, unknown, Failure]>([
  ["an error", new RangeError("Dana Reyes"), { name: "RangeError", code: null }],
  ["a number for a code", new RateLimited(), { name: "RateLimited", code: "429" }],
  [
    "a name and a code that are texts",
    Object.assign(new Error("x"), { name: "Sent to Dana Reyes", code: "dana@example.com" }),
    { name: "Error", code: null },
  ],
  ["what is no error", "Dana Reyes", { name: "not an error", code: null }],
])("keeps the kind of %s, never what it said", (_what, error, failure) => {
  expect(failureOf(error)).toEqual(failure);
});

it.each<[string, unknown, Failure | null]>([
  [
    "our workers'",
    { outcome: "failed", failure: { name: "A", code: "b" } },
    { name: "A", code: "b" },
  ],
  [
    "pg-boss's",
    { name: "TypeError", message: "Dana", stack: "at" },
    { name: "TypeError", code: null },
  ],
  [
    "a job's whose time ran out",
    { value: { message: "job timed out" } },
    { name: "timed out", code: null },
  ],
  ["a foreign", { value: { message: "Dana Reyes" } }, null],
  ["an empty", null, null],
])("reads %s output", (_whose, output, failure) => {
  expect(readFailure(output)).toEqual(failure);
});
