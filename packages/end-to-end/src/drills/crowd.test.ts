import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startStack, type Stack } from "../stack.ts";
import { drill, noAnswer } from "./drill.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({
    judged: false,
    copies: ["receiver", "slackBot", "slackBot", "crmSync", "crmSync"],
  });
});
afterAll(async () => stack[Symbol.asyncDispose]());

it("two receivers and three workers of each kind share the work", async () => {
  const refusals = await drill(stack, { contracts: 12, pauseMs: 100 });
  expect(refusals).toEqual(new Set());
});

it("they do while some of them are killed", async () => {
  const { apps, copies } = stack.running;
  const victims = [apps.receiver, apps.slackBot, apps.crmSync, ...copies];
  const trouble = async () => {
    for (const victim of victims) {
      await sleep(400);
      victim.kill("SIGKILL");
    }
  };
  const refusals = await drill(stack, { contracts: 12, pauseMs: 500, trouble });
  expect([...refusals].filter((status) => status !== 503)).toEqual([noAnswer]);
});
