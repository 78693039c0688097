import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { expectNothingLostOrDoubled, type Taken } from "./invariant.ts";
import { deliveriesOf, post, startStack, type Stack } from "./stack.ts";
import { aWalk, wholeLife } from "./walk.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(async () => stack[Symbol.asyncDispose]());

const hubspotDeals = ["1001", "1002", "1003", "1004", "1005"];
const opportunities = [1, 2, 3, 4, 5].map((number) => `00600000000000${number}AAA`);

/** Sends a body until it is taken, as vendors do; only sooner. */
async function sendUntilTaken(body: Buffer<ArrayBuffer>, headers: Record<string, string>) {
  for (let tries = 0; tries < 300; tries += 1) {
    const status = await post(stack, "docusign", body, headers).catch(() => 0);
    if (status === 200) return;
    await sleep(100);
  }
  throw new Error("A delivery was not taken within 30 s.");
}

async function walkThrough(index: number, pauseMs: number): Promise<Taken> {
  const title = `Contract number ${index}.`;
  const deals = {
    ...(hubspotDeals[index] && { hubspot_deal_id: hubspotDeals[index] }),
    ...(opportunities[index] && { salesforce_opportunity_id: opportunities[index] }),
  };
  const walk = aWalk(title, deals);
  const life = wholeLife(new Date());
  const bodies: Buffer[] = [];
  for (const [done] of life.entries()) {
    for (const { body, headers } of deliveriesOf("docusign", walk, life.slice(0, done + 1))) {
      await sendUntilTaken(body, headers);
      bodies.push(body);
    }
    await sleep(pauseMs);
  }
  const [hubspot, salesforce] = [hubspotDeals[index], opportunities[index]];
  return {
    contractId: `docusign/${walk.externalId}`,
    title,
    bodies,
    deals: { ...(hubspot && { hubspot }), ...(salesforce && { salesforce }) },
  };
}

it(
  "loses and doubles nothing while every app and the database are killed",
  { timeout: 150_000 },
  async () => {
    const { running } = stack;
    const chaos = async () => {
      for (const app of [
        "receiver",
        "slackBot",
        "crmSync",
        "receiver",
        "crmSync",
        "slackBot",
      ] as const) {
        await sleep(700);
        running.kill(app, "SIGKILL");
      }
      await running.restartPostgres();
    };
    const walks = Array.from({ length: 12 }, (_, index) => walkThrough(index, 500));
    const [taken] = await Promise.all([Promise.all(walks), chaos()]);
    const truth = vi.waitFor(() => expectNothingLostOrDoubled(stack, taken), {
      timeout: 60_000,
      interval: 500,
    });
    await expect(truth).resolves.toBeUndefined();
  },
);
