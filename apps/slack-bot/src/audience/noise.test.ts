import fc from "fast-check";
import { expect, it } from "vitest";
import { at } from "../testing/contracts.ts";
import { isTooLoud, nextStep } from "./noise.ts";

const budget = { messages: 60, minutes: 10 };
const loud = { calmedAt: null, summedTo: new Date(at("09:00")) };
const time = (text: string) => new Date(`2026-05-04T${text}.000Z`);

it("is too loud above the budget alone", () => {
  expect([60, 61].map((posts) => isTooLoud(posts, budget))).toEqual([false, true]);
});

it.each([
  ["is summed up once in a window", loud, 100, "09:10:00", [false, "09:09:55"]],
  ["and not before", loud, 100, "09:09:59", [false, null]],
  ["stays loud above half the budget", loud, 31, "09:05:00", [false, null]],
  ["calms at half of it, and is summed up at once", loud, 30, "09:05:00", [true, "09:04:55"]],
  [
    "is summed up once more when it has calmed",
    { ...loud, calmedAt: time("09:05:00") },
    0,
    "09:06:00",
    [false, "09:05:55"],
  ],
] as const)("%s", (_, noise, posts, now, [ends, sumTo]) => {
  const step = nextStep(noise, posts, budget, time(now));
  expect([step.ends, step.sumTo]).toEqual([ends, sumTo === null ? null : time(sumTo)]);
});

it("sums every moment up once, in order, and ends", () => {
  const posts = fc.array(fc.nat(200), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(posts, (counts) => {
      let noise: { calmedAt: Date | null; summedTo: Date } = loud;
      let isOver = false;
      // A look each minute; behind those given, it is calm.
      for (const [minute, count] of [...counts, ...Array.from({ length: 20 }, () => 0)].entries()) {
        const now = new Date(time("09:00:30").getTime() + minute * 60_000);
        const step = nextStep(noise, count, budget, now);
        expect(step.sumTo === null || step.sumTo > noise.summedTo).toBe(true);
        expect(step.isOver && noise.calmedAt === null).toBe(false);
        noise = {
          calmedAt: step.ends ? now : noise.calmedAt,
          summedTo: step.sumTo ?? noise.summedTo,
        };
        isOver = isOver || step.isOver;
      }
      expect(isOver).toBe(true);
      expect(noise.summedTo > (noise.calmedAt ?? noise.summedTo)).toBe(true);
    }),
  );
});
