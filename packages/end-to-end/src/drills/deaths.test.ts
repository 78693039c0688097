import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { CrmId } from "../sandbox-state.ts";
import { startStack, type Stack } from "../stack.ts";
import { drill } from "./drill.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ judged: false });
});
afterAll(async () => stack[Symbol.asyncDispose]());

/** `nth`: which time that it comes to the point is its last. A CRM is linked alone, so that the death is at that one. */
it.each<["receiver" | "slackBot" | "crmSync", string, number, CrmId[]]>([
  ["receiver", "recording", 1, []],
  ["receiver", "recording", 5, []],
  ["receiver", "recorded", 1, []],
  ["receiver", "recorded", 5, []],
  ["slackBot", "planned", 1, []],
  ["slackBot", "planned", 5, []],
  ["slackBot", "called", 1, []],
  ["slackBot", "called", 5, []],
  ["slackBot", "settled", 1, []],
  ["slackBot", "settled", 5, []],
  ["crmSync", "planned", 2, ["hubspot"]],
  ["crmSync", "called", 2, ["hubspot"]],
  ["crmSync", "settled", 2, ["hubspot"]],
  ["crmSync", "planned", 2, ["salesforce"]],
  ["crmSync", "called", 2, ["salesforce"]],
  ["crmSync", "settled", 2, ["salesforce"]],
])("%s is killed when something is %s, at time %d (%s)", async (app, point, nth, crms) => {
  await stack.running.restart(app, { once: { COUNTERSIGN_DIE_AT: `${point}:${nth}` } });
  const { pid } = stack.running.apps[app];
  const trouble = () =>
    vi.waitFor(() => expect(stack.running.apps[app].pid).not.toBe(pid), { timeout: 20_000 });
  await drill(stack, { contracts: 3, crms, trouble });
});

/** A receiver that keeps everything first: in the load of a drill it would seldom have to. */
it.each([
  ["kept", 1],
  ["kept", 5],
  ["recording", 1],
  ["recorded", 1],
  ["recorded", 3],
])(
  "the receiver is killed when something is %s, at time %d, and is read up",
  async (point, nth) => {
    const keepsAll = { RECEIVER_KEEP_FROM: "1", RECEIVER_KEEP_AFTER: "0" };
    const once = { COUNTERSIGN_DIE_AT: `${point}:${nth}`, ...keepsAll };
    await stack.running.restart("receiver", { once });
    const { pid } = stack.running.apps.receiver;
    const trouble = () =>
      vi.waitFor(() => expect(stack.running.apps.receiver.pid).not.toBe(pid), { timeout: 20_000 });
    await drill(stack, { contracts: 3, crms: [], trouble });
  },
);
