import { setTimeout as sleep } from "node:timers/promises";
import type { Recorded } from "@countersign/store";
import { expect, it, vi } from "vitest";
import { readUpAsItComes, type ReadingUp } from "./read-up.ts";

const group: Recorded[] = [{ outcome: "recorded", deliveryId: "1", changed: [] }];
const took = 20;
const nothing = () => undefined;

/** Has so many groups to read, each of which takes some time, and something to do during each. */
function start(
  groups: number,
  { meanwhile = nothing, atRest = nothing }: { meanwhile?: () => void; atRest?: () => void } = {},
) {
  const read: Recorded[] = [];
  const rests: number[] = [];
  let begun = 0;
  const readingUp: ReadingUp = readUpAsItComes({
    async readSome() {
      if (begun === groups) return [];
      begun += 1;
      await sleep(took);
      meanwhile();
      return group;
    },
    onRead: (ends) => read.push(...ends),
    onError: (error) => expect.unreachable(String(error)),
    async rest(milliseconds) {
      rests.push(milliseconds);
      atRest();
    },
  });
  return { readingUp, read, rests };
}

it("reads what is there without being told, one group right after the other", async () => {
  const { readingUp, read, rests } = start(3);
  await vi.waitUntil(() => read.length === 3, 5_000);
  await readingUp.stop();
  expect(rests).toEqual([]);
});

it("reads on while no more is being kept than it reads", async () => {
  const { readingUp, read, rests } = start(3, { meanwhile: () => readingUp.note() });
  await vi.waitUntil(() => read.length === 3, 5_000);
  await readingUp.stop();
  expect(rests).toEqual([]);
});

it("rests while more is being kept than it reads, so that whoever waits for an answer comes first", async () => {
  const { readingUp, read, rests } = start(3, { meanwhile: noteTwo, atRest: noteTwo });
  await vi.waitUntil(() => read.length === 3, 5_000);
  await readingUp.stop();
  const rested = rests.reduce((sum, one) => sum + one, 0);
  expect(rested).toBeGreaterThan(3 * took * 3);
  expect(rested).toBeLessThanOrEqual(3 * 1_000);

  function noteTwo(): void {
    readingUp.note();
    readingUp.note();
  }
});

it("rests no longer when nothing more is being kept", async () => {
  const { readingUp, read, rests } = start(1, {
    meanwhile() {
      readingUp.note();
      readingUp.note();
    },
  });
  await vi.waitUntil(() => read.length === 1, 5_000);
  await vi.waitUntil(() => rests.length > 0, 5_000);
  await readingUp.stop();
  expect(rests).toHaveLength(1);
  expect(rests[0]).toBeLessThanOrEqual(50);
});

it("goes on after a failure, and reads no more when it is stopped", async () => {
  let tries = 0;
  const errors: unknown[] = [];
  const readingUp = readUpAsItComes({
    async readSome() {
      tries += 1;
      if (tries === 1) throw new Error("away");
      return [];
    },
    onRead: () => undefined,
    onError: (error) => errors.push(error),
  });
  readingUp.note();
  await vi.waitUntil(() => tries >= 2, 5_000);
  expect(errors).toHaveLength(1);
  await readingUp.stop();
  const before = tries;
  readingUp.note();
  await sleep(50);
  expect(tries).toBe(before);
});
