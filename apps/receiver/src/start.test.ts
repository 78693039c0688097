import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const root = fileURLToPath(new URL("../../../", import.meta.url));
const database = { DATABASE_URL: "postgres://127.0.0.1:1/countersign" };

it.each<[string, Record<string, string>, RegExp]>([
  ["no secret", database, /^countersign\.yaml:\d+: sources uses \$\{ZIASIGN_SECRET\}, but .*\n/],
  ["no database", {}, /^Environment variable DATABASE_URL: set it to a PostgreSQL URL, .*\n$/],
  [
    "an unknown log level",
    { ...database, LOG_LEVEL: "loud" },
    /^Environment variable LOG_LEVEL: .*\n$/,
  ],
  [
    "a fault point in production",
    { ...database, COUNTERSIGN_DIE_AT: "planned:1", NODE_ENV: "production" },
    /^Environment variable COUNTERSIGN_DIE_AT: kills the app, for drills: unset it, .*\n$/,
  ],
])("with %s it does not start, and says in a line what to do", async (_case, given, line) => {
  const env = { PATH: process.env["PATH"], ...given };
  const child = spawn(process.execPath, [main], {
    cwd: root,
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  expect(said).toMatch(line);
  expect(code).toBe(1);
});
