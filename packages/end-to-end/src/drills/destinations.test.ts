import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Fault, SlackFault } from "@countersign/sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startStack, type Stack } from "../stack.ts";
import { liftFaults, readFaults, setFault } from "./control.ts";
import { drill } from "./drill.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ judged: false });
});
afterAll(async () => stack[Symbol.asyncDispose]());

const page = {
  status: 200,
  body: "<!doctype html><title>Sign in to the guest network</title>",
  headers: { "content-type": "text/html" },
};

async function meet(slack: SlackFault[], crm: Fault[]): Promise<void> {
  for (const fault of slack) await setFault(stack, { system: "slack", fault });
  for (const system of ["hubspot", "salesforce"] as const) {
    for (const fault of crm) await setFault(stack, { system, fault });
  }
}

describe("a destination that", () => {
  it.each<[string, SlackFault[], Fault[]]>([
    [
      "hangs",
      [
        { kind: "hang", method: "chat.postMessage", times: 2 },
        { kind: "hang", method: "chat.update" },
      ],
      [
        { kind: "hang", on: "read" },
        { kind: "hang", on: "write" },
      ],
    ],
    [
      "says when to come back",
      [
        { kind: "rate-limited", retryAfterSeconds: 3, method: "chat.postMessage", times: 3 },
        { kind: "rate-limited", retryAfterSeconds: 2, method: "chat.update" },
      ],
      [{ kind: "rate-limited", retryAfterSeconds: 3, on: "write", times: 2 }],
    ],
    [
      "does what it was asked and then says nothing",
      [
        { kind: "drop-after-applying", method: "chat.postMessage", times: 3 },
        { kind: "drop-after-applying", method: "chat.update", times: 2 },
      ],
      [{ kind: "drop-after-applying", on: "write", times: 3 }],
    ],
    [
      "answers garbage",
      [
        { kind: "garbage", method: "chat.postMessage", times: 2 },
        { kind: "garbage", method: "chat.update" },
      ],
      [
        { kind: "answer", ...page, on: "read", times: 2 },
        { kind: "answer", ...page, on: "write", times: 2 },
      ],
    ],
    [
      "is broken inside",
      [
        { kind: "server-error", method: "chat.postMessage", times: 3 },
        { kind: "server-error", method: "chat.update" },
      ],
      [
        { kind: "server-error", on: "read", times: 2 },
        { kind: "server-error", on: "write", times: 2 },
      ],
    ],
  ])("%s", async (_what, slack, crm) => {
    // Two calls of 30 s that nobody answers, and until the second cannot arrive any more.
    const withinMs = 110_000;
    const refusals = await drill(stack, { contracts: 3, before: () => meet(slack, crm), withinMs });
    expect(refusals).toEqual(new Set());
    const left = await readFaults(stack);
    expect(left.slack.length, "faults that Slack has left").toBeLessThan(slack.length);
    expect(left.hubspot.length, "faults that HubSpot has left").toBeLessThan(crm.length);
    expect(left.salesforce.length, "faults that Salesforce has left").toBeLessThan(crm.length);
  });
});

describe("credentials that are refused and taken again", () => {
  it("hold their queue up with one alert, and nothing is lost", async () => {
    const before = await alerts();
    const trouble = async () => {
      await sleep(700);
      const times = 1_000;
      await meet(
        [{ kind: "error", error: "token_revoked", times }],
        [{ kind: "unauthorized", times }],
      );
      await sleep(5_000);
      await liftFaults(stack);
    };
    await drill(stack, { contracts: 4, trouble, withinMs: 75_000 });
    const after = await alerts();
    expect(after).toEqual(before.map((count) => count + 1));
  });
});

/** How often each destination has raised the alert: Slack, HubSpot, Salesforce. */
async function alerts(): Promise<number[]> {
  return Promise.all([
    countLines("slack-bot", "slack refuses our credentials"),
    countLines("crm-sync", "credentials refused", '"crm":"hubspot"'),
    countLines("crm-sync", "credentials refused", '"crm":"salesforce"'),
  ]);
}

async function countLines(app: string, ...words: string[]): Promise<number> {
  const log = await readFile(join(stack.logs, `${app}.log`), "utf8");
  return log.split("\n").filter((line) => words.every((word) => line.includes(word))).length;
}
