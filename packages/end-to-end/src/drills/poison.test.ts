import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startStack, type Stack } from "../stack.ts";
import { crmDeskOf } from "../crm-desk.ts";
import { setFault } from "./control.ts";
import { drill, type Contract } from "./drill.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ judged: false });
});
afterAll(async () => stack[Symbol.asyncDispose]());

const crms = ["hubspot", "salesforce"] as const;

async function setFaultOfDeals(
  { deals }: Pick<Contract, "deals">,
  fault: "refused" | "locked" | null,
): Promise<void> {
  for (const crm of crms) await crmDeskOf(stack, crm).setFault(deals[crm] ?? "", fault);
}

/** Short enough that the others cannot have waited for the first contract's retries. */
const soon = { contracts: 6, withinMs: 20_000 };

it("a card that Slack always refuses is named in the ledger and holds up no other", async () => {
  const refusals = await drill(stack, {
    ...soon,
    before: async ({ title: saying }) => {
      const fault = { kind: "error", error: "invalid_blocks", saying, times: 1_000 } as const;
      await setFault(stack, { system: "slack", fault });
    },
    fails: { slack: "invalid_blocks" },
  });
  expect(refusals).toEqual(new Set());
});

it("deals that do not exist are named in the ledger and hold up no other", async () => {
  const refusals = await drill(stack, {
    ...soon,
    missing: { hubspot: "999999999", salesforce: "006000000000999AAA" },
    fails: { hubspot: "deal-not-found", salesforce: "deal-not-found" },
  });
  expect(refusals).toEqual(new Set());
});

it("a deal that is refused among others in a batch fails alone, with the CRM's reason", async () => {
  const refusals = await drill(stack, {
    ...soon,
    before: (first) => setFaultOfDeals(first, "refused"),
    fails: { hubspot: "REQUIRED_FIELD", salesforce: "FIELD_CUSTOM_VALIDATION_EXCEPTION" },
  });
  expect(refusals).toEqual(new Set());
});

it("a deal that is locked for a while is written when it is free", async () => {
  const refusals = await drill(stack, {
    contracts: 6,
    before: (first) => setFaultOfDeals(first, "locked"),
    trouble: async (first) => {
      await sleep(4_000);
      await setFaultOfDeals(first, null);
    },
  });
  expect(refusals).toEqual(new Set());
});
