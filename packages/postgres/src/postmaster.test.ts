import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { hasEnded, isAlive } from "./postmaster.ts";

it("knows a living process from one that has ended", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  await once(child, "spawn");
  const pid = child.pid ?? 0;
  expect(isAlive(pid)).toBe(true);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(isAlive(pid)).toBe(false);
});

it.runIf(process.platform === "linux")(
  "takes a dead process that nobody collected for dead",
  async () => {
    const parent = spawn("sh", ["-c", "sleep 0 & echo $!; exec sleep 60"]);
    const [line] = await once(parent.stdout, "data");
    await expect.poll(() => isAlive(Number(String(line)))).toBe(false);
    parent.kill("SIGKILL");
  },
);

it.each([
  ["runs", "R", 1, false],
  ["sleeps", "S", 11, false],
  ["has ended", "Z", 1, true],
  ["has ended in its first thread alone", "Z", 2, false],
])("knows of a process that it %s", (_what, state, threads, ended) => {
  const stat = `27363 (a) b) ${state} 27322 27273 5825 0 -1 4227084 1986 0 2 0 5 2 0 0 20 0 ${threads} 0 2992230`;
  expect(hasEnded(stat)).toBe(ended);
});
