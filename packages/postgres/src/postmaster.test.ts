import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { isAlive } from "./postmaster.ts";

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
