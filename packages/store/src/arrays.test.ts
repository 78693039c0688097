import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { byteaArray, textArray } from "./arrays.ts";
import type { Store } from "./store.ts";
import { openTestStore } from "./testing/index.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(async () => store.close());

const text = fc
  .string({ unit: "binary" })
  .map((any) => any.replaceAll("\u0000", "").toWellFormed());

it("hands texts to PostgreSQL as they are", async () => {
  const texts = fc.array(fc.option(text));
  await fc.assert(
    fc.asyncProperty(texts, async (given) => {
      const { rows } = await store.database.query("select $1::text[] as got", [textArray(given)]);
      expect(rows).toEqual([{ got: given }]);
    }),
  );
});

it("hands bytes to PostgreSQL as they are", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array()), async (given) => {
      const { rows } = await store.database.query("select $1::bytea[] as got", [byteaArray(given)]);
      expect(rows).toEqual([{ got: given.map((bytes) => Buffer.from(bytes)) }]);
    }),
  );
});
