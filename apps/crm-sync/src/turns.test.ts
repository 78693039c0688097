import { expect, it } from "vitest";
import { createTurns } from "./turns.ts";

it("does work with one key in turn, whatever comes of it, and other work meanwhile", async () => {
  const inTurn = createTurns();
  const seen: string[] = [];
  const slow = Promise.withResolvers<void>();
  const first = inTurn("deal", async () => {
    await slow.promise;
    seen.push("first");
    throw new Error("refused");
  });
  const second = inTurn("deal", async () => seen.push("second"));
  await inTurn("another", async () => seen.push("other deal"));
  slow.resolve();
  await expect(first).rejects.toThrow("refused");
  await second;
  expect(seen).toEqual(["other deal", "first", "second"]);
});
