import { expect, it } from "vitest";
import { createWaiting } from "./waiting.ts";

it("waits for a look until it is overdue, whoever has looked meanwhile", () => {
  let now = 1_000_000;
  const waiting = createWaiting(() => now);
  waiting.add("a", 300);
  expect(waiting.has("a")).toBe(true);
  expect(waiting.has("b")).toBe(false);
  now += 355_000;
  expect(waiting.has("a")).toBe(true);
  now += 10_000;
  expect(waiting.has("a")).toBe(false);
});

it("waits no more for what has been looked at", () => {
  const waiting = createWaiting(() => 0);
  waiting.add("a", 300);
  waiting.delete("a");
  expect(waiting.has("a")).toBe(false);
});
