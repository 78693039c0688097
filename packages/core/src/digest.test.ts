import fc from "fast-check";
import { expect, it } from "vitest";
import { canonical, digestOf, type Json } from "./digest.ts";

const json = fc.jsonValue({ maxDepth: 3 }).map((value): Json => JSON.parse(JSON.stringify(value)));

it("gives equal values equal digests whatever the order of their keys", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), json), (object) => {
      const turned = Object.fromEntries(Object.entries(object).toReversed());
      expect(digestOf(turned)).toBe(digestOf(object));
    }),
  );
});

it("writes JSON that reads back as the value", () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(JSON.parse(canonical(value))).toEqual(value);
    }),
  );
});

it("tells a missing key from a null one", () => {
  expect(canonical({ a: undefined })).toBe("{}");
  expect(digestOf({ a: null })).not.toBe(digestOf({}));
});
