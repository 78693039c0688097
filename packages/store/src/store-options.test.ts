import { expect, it } from "vitest";
import { storeOptions } from "./store-options.ts";

const variables = {
  DATABASE_URL: "postgres://127.0.0.1/countersign",
  DATABASE_SCHEMA: "countersign",
  DATABASE_BACKEND: "postgres",
  COUNTERSIGN_DIE_AT: "planned:1",
} as const;

it("has fault points for drills alone", () => {
  expect(storeOptions(variables, "app").onPoint).toBeTypeOf("function");
  const none = { ...variables, COUNTERSIGN_DIE_AT: undefined };
  expect(storeOptions(none, "app").onPoint).toBeUndefined();
});
