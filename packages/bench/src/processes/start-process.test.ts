import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { freePort } from "@countersign/postgres";
import { afterAll, expect, it } from "vitest";
import { root, startProcess } from "./start-process.ts";

const folder = mkdtempSync(join(tmpdir(), "countersign-bench-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function start(program: string, signal: AbortSignal) {
  const file = join(folder, "program.mjs");
  writeFileSync(file, program);
  return startProcess({
    title: "app",
    entry: relative(root, file),
    port: await freePort(),
    env: {},
    signal,
  });
}

const never = new AbortController().signal;

it.each([
  ["ends by itself", 'console.error("no token is set"); process.exit(1);', "no token is set"],
  ["is killed", 'console.error("out of memory"); process.kill(process.pid, "SIGKILL");', "out of"],
])("an app that %s did not start, and it is said why", async (_how, program, why) => {
  const starting = start(program, never);
  await expect(starting).rejects.toThrow(new RegExp(`The app did not start\\. It said:\n${why}`));
  await expect(starting).rejects.toHaveProperty("cause.message", "It ended by itself.");
});

it("an app that never gets ready, and takes no order to stop, ends with the signal", async () => {
  const abort = new AbortController();
  const deaf = 'process.on("SIGTERM", () => console.log("no")); setInterval(() => {}, 1000);';
  const starting = start(deaf, abort.signal);
  setTimeout(() => abort.abort(new Error("Stopped by SIGTERM.")), 500);
  await expect(starting).rejects.toHaveProperty("cause.cause.message", "Stopped by SIGTERM.");
});
