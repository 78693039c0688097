import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { startStack, type Stack } from "../stack.ts";
import { drill } from "./drill.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ judged: false });
});
afterAll(async () => stack[Symbol.asyncDispose]());

const shiftClock = new URL("shift-clock.ts", import.meta.url).href;

/** The variables of an app whose clock is wrong. */
const wrongBy = (minutes: number) => ({
  NODE_OPTIONS: `--import=${shiftClock}`,
  CLOCK_SHIFT_MINUTES: String(minutes),
});

const apps = ["receiver", "slackBot", "crmSync"] as const;

it.each([
  ["apart", { receiver: -120, slackBot: 60, crmSync: -60 }],
  ["apart the other way", { receiver: 60, slackBot: -60, crmSync: 120 }],
])("clocks that are hours %s change nothing", async (_how, minutes) => {
  for (const app of apps) {
    await stack.running.restart(app, { always: wrongBy(minutes[app]) });
  }
  expect(await drill(stack, { contracts: 4 })).toEqual(new Set());
});

it.each([
  ["jumps back", { once: 60, always: 0 }],
  ["jumps ahead", { once: -60, always: 0 }],
  ["stays an hour ahead", { once: 60, always: 60 }],
  ["stays an hour behind", { once: -60, always: -60 }],
])("a clock that %s while calls are in doubt doubles and delays nothing", async (_how, minutes) => {
  await stack.running.restart("receiver");
  const workers = ["slackBot", "crmSync"] as const;
  for (const app of workers) {
    await stack.running.restart(app, {
      once: { ...wrongBy(minutes.once), COUNTERSIGN_DIE_AT: "called:2" },
      always: wrongBy(minutes.always),
    });
  }
  const pids = workers.map((app) => stack.running.apps[app].pid);
  const trouble = () =>
    vi.waitFor(
      () => {
        for (const [index, app] of workers.entries()) {
          expect(stack.running.apps[app].pid).not.toBe(pids[index]);
        }
      },
      { timeout: 20_000 },
    );
  await drill(stack, { contracts: 4, trouble });
});
