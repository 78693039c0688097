import { expect, test } from "vitest";
import { swapIds } from "./own-ids.ts";

const second = { mark: "2" } as const;

test.each([
  ["T000000001", "T200000001"],
  ["channel=C200000002&user=U000000003", "channel=C000000002&user=U200000003"],
  ['"<@U00COUNTER> in %22C000000001%22"', '"<@U20COUNTER> in %22C200000001%22"'],
  ["U0000000012 D000000001 order 000000001", "U0000000012 D000000001 order 000000001"],
])("%s is %s on the other side of the second workspace", (one, other) => {
  expect(swapIds(one, second)).toBe(other);
  expect(swapIds(other, second)).toBe(one);
  expect(swapIds(one, { mark: "0" })).toBe(one);
});
