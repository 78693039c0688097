import { Registry } from "prom-client";
import { expect, it } from "vitest";
import { watchDeadLetters } from "./dead-letters.ts";

it.each([
  [
    "how many wait",
    async () => [{ destination: "slack", waiting: 3 }],
    /\{destination="slack"\} 3$/m,
  ],
  ["nothing where that cannot be read", () => Promise.reject(new Error("away")), /letters gauge$/m],
  [
    "nothing where the database is silent",
    () => new Promise<never>(() => undefined),
    /letters gauge$/m,
  ],
])("shows %s", async (_what, count, expected) => {
  const registry = new Registry();
  watchDeadLetters(registry, count);
  expect((await registry.metrics()).trim()).toMatch(expected);
});
