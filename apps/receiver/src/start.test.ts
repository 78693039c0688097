import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const database = { DATABASE_URL: "postgres://127.0.0.1:1/countersign" };

it.each<[string, Record<string, string>, string]>([
  ["an unknown log level", { ...database, LOG_LEVEL: "loud" }, "Environment variable LOG_LEVEL: "],
  ["no database", {}, "Environment variable DATABASE_URL: set it to a PostgreSQL URL, "],
  [
    "a fault point in production",
    { ...database, COUNTERSIGN_DIE_AT: "planned:1", NODE_ENV: "production" },
    "Environment variable COUNTERSIGN_DIE_AT: kills the app, for drills: unset it, ",
  ],
])("with %s it says what to do in a line, and does not start", async (_case, given, line) => {
  const env = { PATH: process.env["PATH"], ...given };
  const child = spawn(process.execPath, [main], { env, stdio: ["ignore", "ignore", "pipe"] });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  expect(said.trimEnd()).toMatch(/^[^\n]+$/);
  expect(said).toContain(line);
  expect(code).toBe(1);
});
