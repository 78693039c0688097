import fc from "fast-check";
import { expect, it } from "vitest";
import { createCompanyNames } from "./company-names.ts";

/** Names that are the ids, what was asked for so far, and a clock. */
function aLookup({ fails = false } = {}) {
  const calls: string[][] = [];
  const clock = { now: Date.parse("2026-11-27T08:00:00Z") };
  const names = createCompanyNames(
    async (ids) => {
      calls.push(ids);
      if (fails) throw new Error("The token may not.");
      return new Map(ids.map((id) => [id, id === "nameless" ? null : `Company ${id}`]));
    },
    { largest: 100, now: () => new Date(clock.now) },
  );
  return { names, calls, clock };
}

const ids = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => String(first + index));

it("asks once for what it knows, and again after some hours", async () => {
  const { names, calls, clock } = aLookup();
  expect(await names(["1", "nameless"])).toEqual(
    new Map([
      ["1", "Company 1"],
      ["nameless", null],
    ]),
  );
  clock.now += 3_600_000;
  await names(["1"]);
  expect(calls).toHaveLength(1);
  clock.now += 6 * 3_600_000;
  await names(["1"]);
  expect(calls).toEqual([["1", "nameless"], ["1"]]);
});

it("lets those wait that no call is due for, and asks for a hundred of them at once", async () => {
  const { names, calls, clock } = aLookup();
  for (let reading = 0; reading < 5; reading += 1) await names(ids(reading * 100, 100));
  expect(calls).toHaveLength(2);
  expect(await names(["499"])).toEqual(new Map());
  clock.now += 30_000;
  await names(["499"]);
  expect(calls.at(-1)).toHaveLength(100);
});

it("does without names where they cannot be read", async () => {
  const { names } = aLookup({ fails: true });
  expect(await names(["1"])).toEqual(new Map());
});

it("beside any number of readings at once, makes one call for ten of them and two more", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 200 }), async (readings) => {
      const { names, calls } = aLookup();
      for (let reading = 0; reading < readings; reading += 1) await names(ids(reading * 100, 100));
      expect(calls.length).toBeLessThanOrEqual(2 + readings / 10);
    }),
  );
});
