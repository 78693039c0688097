import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { folder } from "./processes/left-overs.ts";

const soak = fileURLToPath(new URL("soak.ts", import.meta.url));
const env = { PATH: process.env["PATH"], HOME: process.env["HOME"], npm_lifecycle_event: "soak" };

/** The folders of runs that are under way. */
function runs(): string[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => name.startsWith("bench-"));
}

it.each([
  ["told to stop", [soak], process.execPath, "Stopped by SIGTERM.", [1, null]],
  [
    "left by the shell that npm put in between",
    ["-c", '"$0" "$1"; exit', process.execPath, soak],
    "sh",
    "Stopped: what started it is gone.",
    [null, "SIGTERM"],
  ],
])(
  "%s, it says so and takes everything down",
  async (_how, args, program, reason, end) => {
    const before = runs();
    const child = spawn(program, args, { env, stdio: ["ignore", "ignore", "pipe"] });
    // Whoever holds the other end of standard error is part of the run.
    const said = text(child.stderr);
    const exited = once(child, "exit");
    const begun = () => runs().find((name) => !before.includes(name));
    await expect.poll(begun, { timeout: 20_000 }).toBeDefined();
    const own = begun();
    child.kill("SIGTERM");
    expect(await said).toContain(reason);
    expect(runs()).not.toContain(own);
    expect(await exited).toEqual(end);
  },
  60_000,
);
