import { expect, it } from "vitest";
import { searchTogether } from "./search-together.ts";

/** Finds the records that begin with a value, three at most. */
function aSearch(...records: string[]) {
  const calls: string[] = [];
  const find = searchTogether(
    {
      async search(values) {
        calls.push(values.join(""));
        const all = records.filter((one) => values.some((value) => one.startsWith(value)));
        return { rows: all.slice(0, 3), complete: all.length <= 3 };
      },
      has: (one, value) => one.startsWith(value),
      meansAll: [],
    },
    { largest: 100 },
  );
  return { calls, find };
}

it("gives each value what is found for it, in one search", async () => {
  const { calls, find } = aSearch("a1", "b1", "a2");
  expect(await Promise.all(["a", "b", "c", "a"].map(find))).toEqual([
    { rows: ["a1", "a2"], complete: true },
    { rows: ["b1"], complete: true },
    { rows: [], complete: true },
    { rows: ["a1", "a2"], complete: true },
  ]);
  expect(calls).toEqual(["abc"]);
});

it("says of which value more is found than is given, and has all of the others", async () => {
  const { calls, find } = aSearch("b1", "b2", "b3", "b4", "a1", "c1", "d1");
  expect(await Promise.all(["a", "b", "c", "d"].map(find))).toEqual([
    { rows: ["a1"], complete: true },
    { rows: ["b1", "b2", "b3"], complete: false },
    { rows: ["c1"], complete: true },
    { rows: ["d1"], complete: true },
  ]);
  expect(calls).toEqual(["abcd", "ab", "a", "b", "cd"]);
});
