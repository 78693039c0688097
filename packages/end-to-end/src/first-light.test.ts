import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readContract } from "./countersign.ts";
import { cardsOf, dealOf, readCalls, sendStep, startStack, type Stack } from "./stack.ts";
import { aWalk, wholeLife } from "./walk.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(async () => stack[Symbol.asyncDispose]());

const soon = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 15_000, interval: 100 });

describe.each(["docusign", "ziasign"])("a contract at %s", (provider) => {
  const title = `Order for ${provider}`;
  const deals =
    provider === "docusign"
      ? { hubspot_deal_id: "1001", salesforce_opportunity_id: "006000000000001AAA" }
      : { hubspot_deal_id: "1004", salesforce_opportunity_id: "006000000000003AAA" };
  const walk = aWalk(title, deals);
  const life = wholeLife(new Date());
  const send = async (from: number, to: number) => {
    for (let done = from; done <= to; done += 1) {
      const statuses = await sendStep(stack, provider, walk, life.slice(0, done));
      expect(new Set(statuses)).toEqual(new Set([200]));
    }
  };

  it("gets one card and moves both deals when it is sent", async () => {
    await send(1, 2);
    await soon(async () => {
      expect(await cardsOf(stack, title)).toHaveLength(1);
      expect(await dealOf(stack, "hubspot", deals.hubspot_deal_id)).toMatchObject({
        contract: { status: "sent" },
      });
      expect(await dealOf(stack, "salesforce", deals.salesforce_opportunity_id)).toMatchObject({
        contract: { status: "sent" },
      });
    });
  });

  it("keeps the card and wins both deals when everybody has signed", async () => {
    await send(3, life.length);
    const today = life.at(-1)?.at.toISOString().slice(0, 10);
    await soon(async () => {
      expect(await dealOf(stack, "hubspot", deals.hubspot_deal_id)).toMatchObject({
        stageId: "closedwon",
        contract: { status: "completed", signedDate: today },
      });
      expect(await dealOf(stack, "salesforce", deals.salesforce_opportunity_id)).toMatchObject({
        stageId: "Closed Won",
        contract: { status: "completed", signedDate: today },
      });
      const [card, ...others] = await cardsOf(stack, title);
      expect(others).toEqual([]);
      expect(card?.text).toMatch(/completed/i);
      expect(card?.replies.map(({ text }) => text).join("\n")).toMatch(/Noor Haddad.*signed/i);
    });
  });

  it("is read whole by the command line", async () => {
    const contract = await readContract(stack, `${provider}/${walk.externalId}`);
    expect(contract).toMatchObject({
      status: "completed",
      recipients: [{ status: "signed" }, { status: "signed" }],
      links: [
        { destination: "hubspot", recordId: deals.hubspot_deal_id },
        { destination: "salesforce", recordId: deals.salesforce_opportunity_id },
      ],
    });
    const unsettled = new Set(["planned", "failed"]);
    expect(contract?.effects.filter(({ status }) => unsettled.has(status))).toEqual([]);
  });
});

it("leaves deals alone where a contract names none, and says why", async () => {
  const walk = aWalk("Order without a deal", {});
  const [created, sent] = wholeLife(new Date());
  if (created === undefined || sent === undefined) throw new Error("a life has steps");
  await sendStep(stack, "docusign", walk, [created, sent]);
  await soon(async () => {
    const contract = await readContract(stack, `docusign/${walk.externalId}`);
    const skips = contract?.effects.filter(({ status }) => status === "skipped");
    expect(skips?.map(({ destination }) => destination).toSorted()).toEqual([
      "hubspot",
      "salesforce",
    ]);
  });
});

it("breaks no rule of the CRMs' published descriptions", async () => {
  const { hubspot, salesforce } = await readCalls(stack);
  expect(hubspot.journal.length).toBeGreaterThan(0);
  expect(salesforce.journal.length).toBeGreaterThan(0);
  expect(stack.violations()).toEqual([]);
});
