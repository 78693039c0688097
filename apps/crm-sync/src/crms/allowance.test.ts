import fc from "fast-check";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createAllowance, type Allowed } from "./allowance.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const wide: Allowed = { atOnce: 100, kept: 100, each: 100, interval: 250, longest: 60_000 };

/** Calls that take so many milliseconds; when each began. */
function callers(allowed: Partial<Allowed>) {
  const allow = createAllowance({ ...wide, ...allowed });
  const begun: number[] = [];
  const from = performance.now();
  const call = (takes = 0) =>
    allow(async () => {
      begun.push(performance.now() - from);
      if (takes > 0) await new Promise((resolve) => setTimeout(resolve, takes));
    });
  return { allow, begun, call };
}

it("lets so many go together, and the others with the intervals", async () => {
  const { begun, call } = callers({ kept: 3, each: 2 });
  const ends = Promise.all(Array.from({ length: 8 }, () => call()));
  await vi.advanceTimersByTimeAsync(2_000);
  await ends;
  expect(begun).toEqual([0, 0, 0, 250, 250, 500, 500, 750]);
});

it("keeps after a rest what it kept at first, and no more", async () => {
  const { begun, call } = callers({ kept: 3, each: 2 });
  await vi.advanceTimersByTimeAsync(60_000);
  const ends = Promise.all(Array.from({ length: 4 }, () => call()));
  await vi.advanceTimersByTimeAsync(1_000);
  await ends;
  expect(begun).toEqual([60_000, 60_000, 60_000, 60_250]);
});

it("lets no more be under way at once", async () => {
  const { begun, call } = callers({ atOnce: 2 });
  const ends = Promise.all([call(100), call(300), call(50), call(50)]);
  await vi.advanceTimersByTimeAsync(1_000);
  await ends;
  expect(begun).toEqual([0, 0, 100, 150]);
});

it("is not held up by a call that never ends", async () => {
  const { allow } = callers({ atOnce: 1, longest: 1_000 });
  void allow(() => new Promise(() => undefined));
  const second = allow(() => Promise.resolve("made"));
  await vi.advanceTimersByTimeAsync(1_000);
  await expect(second).resolves.toBe("made");
});

it("waits for the next interval, however the clock goes on while it reckons", async () => {
  const waits = vi.spyOn(globalThis, "setTimeout");
  let reading = 0;
  vi.spyOn(performance, "now").mockImplementation(() => (reading += 70));
  const { allow } = callers({ kept: 1, each: 1, interval: 100, longest: 60_000 });
  const ends = Promise.all(Array.from({ length: 20 }, () => allow(() => Promise.resolve("made"))));
  await vi.runAllTimersAsync();
  await ends;
  const milliseconds = waits.mock.calls.map(([, wait]) => wait).filter((wait) => wait !== 60_000);
  expect(milliseconds.length).toBeGreaterThan(0);
  expect(milliseconds.filter((wait) => wait === undefined || wait < 1 || wait > 100)).toEqual([]);
});

it("hands on what a call returns or throws, and goes on", async () => {
  const { allow } = callers({ atOnce: 1 });
  await expect(allow(() => Promise.reject(new Error("refused")))).rejects.toThrow("refused");
  await expect(allow(() => Promise.resolve("made"))).resolves.toBe("made");
});

it("never lets more go in any ten seconds than it kept and was given", async () => {
  const numbers = { kept: fc.integer({ min: 1, max: 30 }), each: fc.integer({ min: 1, max: 10 }) };
  const rests = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 80 });
  await fc.assert(
    fc.asyncProperty(fc.record(numbers), rests, async ({ kept, each }, pauses) => {
      const { begun, call } = callers({ kept, each });
      const ends: Promise<void>[] = [];
      for (const pause of pauses) {
        ends.push(call());
        await vi.advanceTimersByTimeAsync(pause);
      }
      await vi.advanceTimersByTimeAsync(pauses.length * 250);
      await Promise.all(ends);
      for (const from of begun) {
        const together = begun.filter((at) => at >= from && at < from + 10_000).length;
        expect(together).toBeLessThanOrEqual(Math.max(kept, each) + 40 * each);
      }
    }),
    { numRuns: 50 },
  );
});
