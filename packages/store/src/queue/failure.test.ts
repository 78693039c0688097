import { expect, it } from "vitest";
import { failureOf, readFailure, type Failure } from "./failure.ts";

it.each<[string, unknown, Failure]>([
  ["an error", new RangeError("Dana Reyes"), { name: "RangeError", code: null }],
  [
    "a number for a code",
    Object.assign(new Error("x"), { code: 429 }),
    { name: "Error", code: "429" },
  ],
  [
    "texts for a name and a code",
    Object.assign(new Error("x"), { name: "Sent to Dana Reyes", code: "dana@example.com" }),
    { name: "Error", code: null },
  ],
  ["what is no error", "Dana Reyes", { name: "string", code: null }],
])("keeps the kind of %s, never what it said", (_what, error, failure) => {
  expect(failureOf(error)).toEqual(failure);
});

it.each<[string, unknown, Failure | null]>([
  [
    "a worker's failure",
    { failure: { name: "HttpError", code: "502" } },
    { name: "HttpError", code: "502" },
  ],
  [
    "an error",
    { name: "TypeError", message: "Dana", stack: "at" },
    { name: "TypeError", code: null },
  ],
  ["time that ran out", { value: { message: "job timed out" } }, { name: "timed out", code: null }],
  ["something foreign", { value: { message: "Dana Reyes" } }, null],
  ["nothing", null, null],
])("reads %s, and nothing that an error said", (_what, output, failure) => {
  expect(readFailure(output)).toEqual(failure);
});
