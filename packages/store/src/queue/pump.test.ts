import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startPump } from "./pump.ts";

/** Longer than the pump rests, shorter than it waits when nobody wakes it. */
const aWhile = 100;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A pump that has looked once, with so much room, and found nothing more. */
async function aPump(atFirst: number) {
  const taken: number[] = [];
  const space = { room: atFirst };
  const pump = startPump({
    free: () => space.room,
    take(atMost) {
      taken.push(atMost);
      return Promise.resolve(false);
    },
    onError: (error) => expect.unreachable(String(error)),
  });
  await vi.advanceTimersByTimeAsync(aWhile);
  return { pump, taken, space };
}

it("looks when there is room again for what it had none for", async () => {
  const { pump, taken, space } = await aPump(0);
  expect(taken).toEqual([]);
  space.room = 1;
  pump.freed();
  await vi.advanceTimersByTimeAsync(aWhile);
  expect(taken).toEqual([1]);
  await pump.stop();
});

it("looks for no more work where it has taken all that there was", async () => {
  const { pump, taken } = await aPump(2);
  pump.freed();
  await vi.advanceTimersByTimeAsync(aWhile);
  expect(taken).toEqual([2]);
  pump.wake();
  await vi.advanceTimersByTimeAsync(aWhile);
  expect(taken).toEqual([2, 2]);
  await pump.stop();
});
