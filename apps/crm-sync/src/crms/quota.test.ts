import { RetryLater } from "@countersign/store";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Counterpart } from "../testing/counterpart.ts";
import { serveFake } from "../testing/serve-fake.ts";
import type { Crm } from "./crm.ts";
import { counterpart as hubspot } from "./hubspot/counterpart.ts";
import { crmKinds } from "./index.ts";
import { guardQuota, type Quota } from "./quota.ts";
import { counterpart as salesforce } from "./salesforce/counterpart.ts";

const counterparts: Record<Crm["id"], Counterpart> = { hubspot, salesforce };

/** How each CRM says how much of its day is used. */
const headersOf: Record<Crm["id"], (used: number, limit: number) => Record<string, string>> = {
  hubspot: (used, limit) => ({
    "X-HubSpot-RateLimit-Daily": String(limit),
    "X-HubSpot-RateLimit-Daily-Remaining": String(limit - used),
  }),
  salesforce: (used, limit) => ({ "Sforce-Limit-Info": `api-usage=${used}/${limit}` }),
};

describe("the guard", () => {
  let passed = 0;
  let quota: Quota | null = null;
  const now = () => new Date(passed);
  const guard = guardQuota(0.8, () => quota, now);

  it("lets everything through while the share is not used up, or nothing is known", () => {
    for (const said of [null, { limit: 100, left: 100 }, { limit: 100, left: 21 }]) {
      quota = said;
      for (let calls = 0; calls < 3; calls += 1) expect(guard).not.toThrow();
    }
  });

  it("lets one call through every five minutes, until there is more again", () => {
    quota = { limit: 100, left: 20 };
    expect(guard).not.toThrow();
    expect(guard).toThrow(RetryLater);
    passed += 299_000;
    expect(guard).toThrow("1 s");
    passed += 1_000;
    expect(guard).not.toThrow();
    expect(guard).toThrow("300 s");
    quota = { limit: 100, left: 99 };
    expect(guard).not.toThrow();
    expect(guard).not.toThrow();
  });
});

describe.each(crmKinds.map(({ id }) => id))("%s", (id) => {
  const counterpart = counterparts[id];
  const { deal } = counterpart;
  const stack = new AsyncDisposableStack();
  const fake = counterpart.createFake(() => new Date());
  let passed = 0;
  let crm: Crm;

  beforeEach(async () => {
    fake.reset();
    passed = 0;
    crm = counterpart.connect(await serveFake(fake, stack), {
      now: () => new Date(Date.now() + passed),
      timeout: 1_000,
      onCall: () => undefined,
    });
    await crm.readDeal(deal);
  });
  afterAll(() => stack.disposeAsync());

  /** The next read answers that so much is used, and else nothing that can be used. */
  async function usedUp(used: number): Promise<void> {
    const headers = headersOf[id](used, 1_000);
    fake.setFault({ kind: "answer", status: 404, headers, body: {}, on: "read" });
    await crm.readDeal(deal).catch(() => null);
  }

  it("says what is used of the day's calls", async () => {
    await usedUp(640);
    expect(crm.quota()).toEqual({ limit: 1_000, left: 360 });
    expect(crm.quotaShare).toBe(0.9);
  });

  it("makes no more calls near the limit, but one every five minutes, and goes on by itself", async () => {
    await usedUp(950);
    await usedUp(960);
    const calls = fake.calls().length;
    const reads = Array.from({ length: 5 }, () => crm.readDeal(deal));
    const ends = await Promise.allSettled(reads);
    expect(ends.map(({ status }) => status)).toEqual(Array(5).fill("rejected"));
    await expect(crm.readDeal(deal)).rejects.toThrow(RetryLater);
    expect(fake.calls()).toHaveLength(calls);
    passed += 301_000;
    expect(await crm.readDeal(deal)).toMatchObject({ recordId: deal });
    expect(await crm.readDeal(deal)).toMatchObject({ recordId: deal });
  });
});
