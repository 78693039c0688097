import { expect, it } from "vitest";
import { z } from "zod";
import { portVariable, readEnvironment, storeVariables } from "./read-environment.ts";

const Variables = z.object({ ...storeVariables, PORT: portVariable(3000) });

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
