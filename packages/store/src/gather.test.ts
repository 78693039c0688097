import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { gather, Overloaded } from "./gather.ts";

/** Answers each number with its double, and keeps the groups. */
function doubling(options: Parameters<typeof gather<number, number>>[1]) {
  const groups: number[][] = [];
  let gate = Promise.withResolvers<void>();
  gate.resolve();
  const ask = gather(async (items: number[]) => {
    groups.push(items);
    await gate.promise;
    return items.map((item) =>
      item < 0
        ? { status: "rejected", reason: new Error(`no ${item}`) }
        : { status: "fulfilled", value: item * 2 },
    );
  }, options);
  return {
    ask,
    groups,
    hold: () => void (gate = Promise.withResolvers()),
    release: () => gate.resolve(),
  };
}

const turn = () => sleep(5);

it("gives each caller its own result", async () => {
  const { ask, groups } = doubling({ atOnce: 1, largest: 10 });
  const asked = await Promise.allSettled([1, -2, 3].map(ask));
  expect(asked).toMatchObject([{ value: 2 }, { reason: new Error("no -2") }, { value: 6 }]);
  expect(groups).toEqual([[1, -2, 3]]);
});

it("begins at once while a group is free, and gathers while none is", async () => {
  const { ask, groups, hold, release } = doubling({ atOnce: 2, largest: 10 });
  hold();
  const all: Promise<number>[] = [];
  for (const item of [1, 2, 3, 4, 5]) {
    all.push(ask(item));
    await turn();
  }
  expect(groups).toEqual([[1], [2]]);
  release();
  expect(await Promise.all(all)).toEqual([2, 4, 6, 8, 10]);
  expect(groups).toEqual([[1], [2], [3, 4, 5]]);
});

it("keeps groups apart, however soon each ends, but for who hurries", async () => {
  const apart = { milliseconds: 500, hurries: (item: number) => item === 6 };
  const { ask, groups } = doubling({ atOnce: 2, largest: 10, apart });
  await ask(1);
  const all: Promise<number>[] = [];
  for (const item of [2, 3, 4]) {
    all.push(ask(item));
    await turn();
  }
  expect(groups).toEqual([[1]]);
  await Promise.all(all);
  const hurried = [ask(5), ask(6)];
  await Promise.all(hurried);
  expect(groups).toEqual([[1], [2, 3, 4], [5, 6]]);
});

it("lets those wait for each other who come in a crowd, and nobody who comes after somebody alone", async () => {
  const { ask, groups } = doubling({
    atOnce: 2,
    largest: 10,
    apart: { milliseconds: 60_000, eachItem: 200 },
  });
  await ask(1);
  await ask(2);
  await Promise.all([3, 4, 5].map(ask));
  const all: Promise<number>[] = [];
  for (const item of [6, 7]) {
    all.push(ask(item));
    await turn();
  }
  expect(groups).toEqual([[1], [2], [3, 4, 5]]);
  await Promise.all(all);
  expect(groups).toEqual([[1], [2], [3, 4, 5], [6, 7]]);
});

it("begins a group beside another only when that has lasted, and at once when it ends", async () => {
  const apart = { milliseconds: 0, beside: 500 };
  const { ask, groups, hold, release } = doubling({ atOnce: 2, largest: 3, apart });
  hold();
  const all = [ask(1)];
  await turn();
  all.push(ask(2));
  await turn();
  all.push(ask(3));
  await turn();
  expect(groups).toEqual([[1]]);
  await sleep(600);
  expect(groups).toEqual([[1], [2, 3]]);
  all.push(ask(4));
  await turn();
  release();
  await turn();
  expect(groups).toEqual([[1], [2, 3], [4]]);
  expect(await Promise.all(all)).toEqual([2, 4, 6, 8]);
});

it("begins a group beside another at once when it is full", async () => {
  const apart = { milliseconds: 0, beside: 60_000 };
  const { ask, groups, hold, release } = doubling({ atOnce: 2, largest: 2, apart });
  hold();
  const all = [ask(1)];
  await turn();
  all.push(ask(2), ask(3));
  await turn();
  expect(groups).toEqual([[1], [2, 3]]);
  release();
  expect(await Promise.all(all)).toEqual([2, 4, 6]);
});

it("makes no group larger than it may be", async () => {
  const { ask, groups } = doubling({ atOnce: 1, largest: 2 });
  await Promise.all([1, 2, 3, 4, 5].map(ask));
  expect(groups).toEqual([[1, 2], [3, 4], [5]]);
});

it("makes no group heavier than it may be, and lets a heavier item go alone", async () => {
  const weight = { of: (item: number) => item, most: 10 };
  const { ask, groups } = doubling({ atOnce: 1, largest: 10, weight });
  await Promise.all([4, 6, 1, 50, 9, 1].map(ask));
  expect(groups).toEqual([[4, 6], [1], [50], [9, 1]]);
});

it("sends those away for whom there is no room, and takes them when there is", async () => {
  const { ask, hold, release } = doubling({ atOnce: 1, largest: 1, mostWaiting: 2 });
  hold();
  const first = ask(1);
  await turn();
  const waiting = [ask(2), ask(3)];
  await expect(ask(4)).rejects.toBeInstanceOf(Overloaded);
  release();
  expect(await Promise.all([first, ...waiting])).toEqual([2, 4, 6]);
  expect(await ask(4)).toBe(8);
});

it("tells everybody of a group that failed as a whole, and goes on", async () => {
  let broken = true;
  const ask = gather(
    async (items: number[]) => {
      if (broken) throw new Error("gone");
      return items.map((value) => ({ status: "fulfilled", value }));
    },
    { atOnce: 1, largest: 10 },
  );
  const failed = await Promise.allSettled([ask(1), ask(2)]);
  expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  broken = false;
  expect(await ask(3)).toBe(3);
});
