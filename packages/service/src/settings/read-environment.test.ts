import { expect, it } from "vitest";
import { portVariable, readEnvironment } from "./read-environment.ts";
import { StoreVariables } from "./store-variables.ts";

const Variables = StoreVariables.safeExtend({ PORT: portVariable(3000) });

it("fills in what is not set, or set to nothing", () => {
  const read = readEnvironment(Variables, { DATABASE_URL: "postgres://h/d", PORT: "" });
  expect(read).toMatchObject({ PORT: 3000, DATABASE_SCHEMA: "countersign", LOG_LEVEL: "info" });
});

it("says every fault in a line of its own", () => {
  const given = { PORT: "eighty", DATABASE_BACKEND: "oracle" };
  expect(() => readEnvironment(Variables, given)).toThrow(
    /DATABASE_URL: set it to a PostgreSQL URL.*\n.*DATABASE_BACKEND: .*\n.*PORT: /,
  );
});

it.each(["postgres://h/d", "postgresql://u:p%2Fw@h:5432/d", "postgres://u:p@/d?host=/tmp"])(
  "takes the database %s",
  (url) => {
    expect(readEnvironment(Variables, { DATABASE_URL: url }).DATABASE_URL).toBe(url);
  },
);

it.each([
  ["h/d", /^Environment variable DATABASE_URL: must begin with postgres:\/\/\.$/],
  [
    "postgres://u:pa/ss#w@h/d",
    /^Environment variable DATABASE_URL: is no URL\. [^\n]* %2F [^\n]*$/,
  ],
])("refuses the database %s", (url, why) => {
  expect(() => readEnvironment(Variables, { DATABASE_URL: url })).toThrow(why);
});

const database = { DATABASE_URL: "postgres://h/d" };

it.each([
  ["planned:1", {}],
  ["settled:999999", { NODE_ENV: "test" }],
])("takes the fault point %s where %j", (fatal, mode) => {
  const read = readEnvironment(Variables, { ...database, ...mode, COUNTERSIGN_DIE_AT: fatal });
  expect(read.COUNTERSIGN_DIE_AT).toBe(fatal);
});

it.each([
  [
    "lunch:1",
    {},
    "must be a fault point (recording, recorded, kept, planned, called, settled) and",
  ],
  ["planned", {}, "must be a fault point"],
  ["planned:0", {}, "must be a fault point"],
  ["planned:1:2", {}, "must be a fault point"],
  ["planned:1", { NODE_ENV: "production" }, "kills the app, for drills: unset it, or do not"],
])("refuses the fault point %s where %j", (fatal, mode, why) => {
  const given = { ...database, ...mode, COUNTERSIGN_DIE_AT: fatal };
  expect(() => readEnvironment(Variables, given)).toThrow(
    `Environment variable COUNTERSIGN_DIE_AT: ${why}`,
  );
});
