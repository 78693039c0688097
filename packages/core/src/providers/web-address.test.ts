import { expect, test } from "vitest";
import { webAddress } from "./web-address.ts";

test.each([
  ["https://sign.example/api", true],
  ["http://127.0.0.1:3000", true],
  ["sign.internal:3000/api", false],
  ["sign.example", false],
  ["ftp://sign.example", false],
  ["", false],
])("%s may be called: %s", (text, may) => {
  expect(webAddress.safeParse(text).success).toBe(may);
});
