import { expect, it } from "vitest";
import { errorMessage } from "./app-log.ts";

it.each([
  ['{"level":"error","msg":"cannot post","contractId":"c1"}', "cannot post"],
  ['{"level":"fatal","msg":"cannot run"}', "cannot run"],
  ['{"level":"info","msg":"started"}', undefined],
  ['{"level":"error"}', undefined],
  ["{ not json", undefined],
  ["plain text with error in it", undefined],
])("%s", (line, message) => {
  expect(errorMessage(line)).toBe(message);
});
