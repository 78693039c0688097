import { expect, test } from "vitest";
import { sampleDeliveries } from "./index.ts";
import { walk } from "./walks.ts";

test("an unknown provider is refused by name", () => {
  expect(() => sampleDeliveries("nobody", "secret", walk, [])).toThrow('"nobody"');
});
