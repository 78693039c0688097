import { setTimeout as sleep } from "node:timers/promises";
import type { Recorded } from "@countersign/store";
import { expect, it, vi } from "vitest";
import { readUpAsItComes, type ReadingUp } from "./read-up.ts";

const group: Recorded[] = [{ outcome: "recorded", deliveryId: "1", changed: [] }];
const took = 20;

/** Has so many groups to read, each of which takes some time, and something to do during each. */
function start(groups: number, meanwhile: () => void = () => undefined) {
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
  const { readingUp, read, rests } = start(3, () => readingUp.note());
  await vi.waitUntil(() => read.length === 3, 5_000);
  await readingUp.stop();
  expect(rests).toEqual([]);
});

it("rests while more is being kept than it reads, so that whoever waits for an answer comes first", async () => {
  const { readingUp, read, rests } = start(3, () => {
    readingUp.note();
    readingUp.note();
  });
  await vi.waitUntil(() => read.length === 3, 5_000);
  await readingUp.stop();
  expect(rests).toHaveLength(3);
  expect(Math.min(...rests)).toBeGreaterThan(took * 3);
  expect(Math.max(...rests)).toBeLessThanOrEqual(1_000);
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
