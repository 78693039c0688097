import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { CrmId } from "../sandbox-state.ts";
import { startStack, type Stack } from "../stack.ts";
import { drill } from "./drill.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ judged: false, durable: true, copies: ["slackBot", "crmSync"] });
});
afterAll(async () => stack[Symbol.asyncDispose]());

const standStill = new URL("stand-still.ts", import.meta.url).href;

/** Until another has asked the outside what became of the call, and has made it. */
const longEnough = 30_000;

/** What it was about to do it does as soon as it is awake. */
const awakeFor = 5_000;

async function isAlive(app: "slackBot" | "crmSync"): Promise<boolean> {
  const url = `http://127.0.0.1:${stack.ports[app]}/healthz`;
  return fetch(url, { signal: AbortSignal.timeout(1_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

it.each<["slackBot" | "crmSync", string, CrmId[]]>([
  ["slackBot", "planned", []],
  ["slackBot", "called", []],
  ["crmSync", "planned", ["hubspot"]],
  ["crmSync", "planned", ["salesforce"]],
  ["crmSync", "called", ["hubspot", "salesforce"]],
])(
  "%s stands still when something is %s, loses its locks, and wakes when another has done it (%s)",
  async (app, point, crms) => {
    const once = { NODE_OPTIONS: `--import=${standStill}`, COUNTERSIGN_DIE_AT: `${point}:1` };
    await stack.running.restart(app, { once });
    const { pid } = stack.running.apps[app];
    const trouble = async () => {
      await vi.waitFor(async () => expect(await isAlive(app)).toBe(false), { timeout: 20_000 });
      stack.running.database.embedded?.supervised.kill("SIGKILL");
      await sleep(longEnough);
      process.kill(pid, "SIGCONT");
      await vi.waitFor(async () => expect(await isAlive(app)).toBe(true), { timeout: 20_000 });
      await sleep(awakeFor);
    };
    await drill(stack, { contracts: 6, crms, trouble });
    expect(stack.running.apps[app].pid).toBe(pid);
  },
);
