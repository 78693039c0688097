import { expect, it } from "vitest";
import { storeOptions } from "./store-options.ts";

const variables = {
  DATABASE_URL: "postgres://127.0.0.1/countersign",
  DATABASE_SCHEMA: "countersign",
  DATABASE_BACKEND: "postgres",
  COUNTERSIGN_DIE_AT: "planned:1",
} as const;

it("has fault points on for drills, and off in production", () => {
  expect(storeOptions(variables, "app").onPoint).toBeTypeOf("function");
  expect(storeOptions({ ...variables, NODE_ENV: "production" }, "app").onPoint).toBeUndefined();
  expect(
    storeOptions({ ...variables, COUNTERSIGN_DIE_AT: undefined }, "app").onPoint,
  ).toBeUndefined();
});
