import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { createGate } from "./gate.ts";

it("lets two in at once, the others in their order, and goes on after a failure", async () => {
  const gate = createGate(2);
  const begun: number[] = [];
  let inside = 0;
  let most = 0;
  const works = [1, 2, 3, 4, 5].map((number) =>
    gate(async () => {
      begun.push(number);
      most = Math.max(most, (inside += 1));
      await wait(5);
      inside -= 1;
      if (number === 1) throw new Error("It failed.");
      return number;
    }).catch(() => "failed"),
  );
  expect(await Promise.all(works)).toEqual(["failed", 2, 3, 4, 5]);
  expect(begun).toEqual([1, 2, 3, 4, 5]);
  expect(most).toBe(2);
});
