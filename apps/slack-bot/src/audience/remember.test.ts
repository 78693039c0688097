import { expect, it } from "vitest";
import { remember } from "./remember.ts";

/** Says how often it has been asked for each key. */
function counting(fails: (count: number) => boolean = () => false) {
  const asked = new Map<string, number>();
  return async (key: string) => {
    const count = (asked.get(key) ?? 0) + 1;
    asked.set(key, count);
    await Promise.resolve();
    if (fails(count)) throw new Error("not this time");
    return count;
  };
}

it("asks again when what it knows is too old, and once for all who ask together", async () => {
  let now = 0;
  const memory = { seconds: (count: number) => count * 10, now: () => new Date(now) };
  const recall = remember(counting(), memory);
  expect(await Promise.all([recall("a"), recall("a"), recall("b")])).toEqual([1, 1, 1]);
  now = 9_999;
  expect(await recall("a")).toBe(1);
  now = 10_000;
  expect(await Promise.all([recall("a"), recall("a")])).toEqual([2, 2]);
  now = 29_999;
  expect([await recall("a"), await recall("b")]).toEqual([2, 2]);
});

it("remembers no failure, and no more than it may", async () => {
  const memory = { seconds: () => 60, most: 2, now: () => new Date(0) };
  const recall = remember(
    counting((count) => count === 1),
    memory,
  );
  await expect(Promise.all([recall("a"), recall("a")])).rejects.toThrow("not this time");
  expect(await recall("a")).toBe(2);
  await expect(recall("b")).rejects.toThrow("not this time");
  expect(await recall("b")).toBe(2);
  await expect(recall("c")).rejects.toThrow("not this time");
  expect(await recall("a")).toBe(3);
});
