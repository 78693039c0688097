import { expect, it } from "vitest";
import { longId } from "./long-id.ts";

it.each([
  ["006000000000003", "006000000000003AAA"],
  ["0061t00000AbCdE", "0061t00000AbCdEAAV"],
  ["00600000000Zz9z", "00600000000Zz9zAAC"],
  ["006000000000003AAA", "006000000000003AAA"],
])("%s is %s", (given, whole) => {
  expect(longId(given)).toBe(whole);
});
