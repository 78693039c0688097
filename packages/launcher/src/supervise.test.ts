import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { delayAfter, type Part, supervise } from "./supervise.ts";

function partThatCanEnd(pid: number): Part & { end: (how: string) => void } {
  const { promise: exited, resolve: end } = Promise.withResolvers<string>();
  return {
    pid,
    ready: Promise.resolve(),
    exited,
    end,
    kill: (signal) => end(`signal ${signal}`),
    stop: async () => end("exit code 0"),
  };
}

async function superviseParts() {
  const parts: ReturnType<typeof partThatCanEnd>[] = [];
  const lines: string[] = [];
  const pids: number[] = [];
  const supervised = await supervise({
    title: "receiver",
    start: async () => {
      const part = partThatCanEnd(parts.length + 1);
      parts.push(part);
      return part;
    },
    onLine: (line) => lines.push(line),
    onStart: (pid) => pids.push(pid),
    firstDelayMs: 10,
  });
  return { supervised, parts, lines, pids };
}

describe("supervise", () => {
  it("starts a part that ended again, says so, and passes its number on", async () => {
    const { supervised, parts, lines, pids } = await superviseParts();
    await supervised.ready();
    parts[0]?.end("exit code 1");
    await expect.poll(() => supervised.pid).toBe(2);
    await expect
      .poll(() => lines)
      .toEqual([
        "The receiver ended (exit code 1). Starting it again in 0.01 s.",
        "The receiver runs again (process 2).",
      ]);
    expect(pids).toEqual([1, 2]);
  });

  it("does not start again what ended before it was ever ready", async () => {
    const { parts, pids } = await superviseParts();
    parts[0]?.end("exit code 1");
    await sleep(50);
    expect(pids).toEqual([1]);
  });

  it("does not start again what was stopped, even while it waits to", async () => {
    const { supervised, parts, pids } = await superviseParts();
    await supervised.ready();
    parts[0]?.end("exit code 1");
    await supervised.stop();
    await sleep(50);
    expect(pids).toEqual([1]);
  });

  it("restarts on request without counting it as an end", async () => {
    const { supervised, parts, lines, pids } = await superviseParts();
    await supervised.ready();
    await supervised.restart();
    await sleep(50);
    expect({ pids, lines }).toEqual({ pids: [1, 2], lines: [] });
    parts[1]?.end("exit code 1");
    await expect.poll(() => supervised.pid).toBe(3);
  });
});

it("waits twice as long each time, up to half a minute", () => {
  expect([0, 1, 2, 5, 6, 50].map((failures) => delayAfter(failures, 500))).toEqual([
    500, 1000, 2000, 16_000, 30_000, 30_000,
  ]);
});
