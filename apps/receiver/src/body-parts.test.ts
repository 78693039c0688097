import { expect, test } from "vitest";
import { addPart, joined } from "./body-parts.ts";

const bytesAfter = (before: number, size: number) =>
  Buffer.from(Array.from({ length: size }, (_, index) => before + index + 1));

function added(sizes: readonly number[]) {
  const parts: Buffer[] = [];
  let size = 0;
  for (const one of sizes) {
    addPart(parts, bytesAfter(size, one));
    size += one;
  }
  return { parts, whole: joined(parts, size) };
}

test.each([
  ["nothing", []],
  ["one by one", Array.from({ length: 999 }, () => 1)],
  ["ever larger", [1, 2, 3, 500, 9_000, 20_000]],
  ["ever smaller", [20_000, 9_000, 500, 3, 2, 1]],
  ["by turns", [1, 16_383, 1, 16_384, 2, 65_536, 7, 7, 7]],
])("a body is what came, cut %s", (_how, sizes) => {
  const size = sizes.reduce((sum, one) => sum + one, 0);
  expect(Buffer.compare(added(sizes).whole, bytesAfter(0, size))).toBe(0);
});

test("a part that comes alone is not copied", () => {
  const part = Buffer.from("{}");
  const parts: Buffer[] = [];
  addPart(parts, part);
  expect(joined(parts, part.length)).toBe(part);
});

test.each([
  [1, 100_000],
  [6, 50_000],
  [700, 2_000],
])("parts of %i bytes, %i of them, do not stay that many", (size, count) => {
  const { parts } = added(Array.from({ length: count }, () => size));
  expect(parts.length).toBeLessThan((size * count) / 8_192 + 16);
});

test("large parts stay as they came", () => {
  const { parts } = added(Array.from({ length: 5 }, () => 65_536));
  expect(parts.map(({ length }) => length)).toEqual([65_536, 65_536, 65_536, 65_536, 65_536]);
});
