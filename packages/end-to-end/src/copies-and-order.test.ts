import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { readContract } from "./countersign.ts";
import { cardsOf, dealOf, deliveriesOf, post, readCalls, startStack, type Stack } from "./stack.ts";
import { aWalk, wholeLife } from "./walk.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(async () => stack[Symbol.asyncDispose]());

const soon = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 200 });

/** Every webhook of a life, sent in the order that `arrange` makes of them, eight at a time. */
async function sendAll(
  provider: string,
  title: string,
  deals: Record<string, string>,
  arrange: <Item>(all: Item[]) => Item[],
) {
  const walk = aWalk(title, deals);
  const life = wholeLife(new Date("2026-11-23T10:00:00Z"));
  const all = life.flatMap((_, index) => deliveriesOf(provider, walk, life.slice(0, index + 1)));
  const waiting = arrange(all).values();
  const statuses = new Set<number>();
  const worker = async () => {
    for (const { body, headers } of waiting)
      statuses.add(await post(stack, provider, body, headers));
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  expect(statuses).toEqual(new Set([200]));
  return `${provider}/${walk.externalId}`;
}

const inOrder = <Item>(all: Item[]) => all;
const backwards = <Item>(all: Item[]) => all.toReversed();
const twentyTimes = <Item>(all: Item[]) => Array.from({ length: 20 }, () => all).flat();
const oddFirst = <Item>(all: Item[]) => [
  ...all.filter((_, index) => index % 2 === 1),
  ...all.filter((_, index) => index % 2 === 0),
];

it.each(["docusign", "ziasign"])(
  "ends in the same contract in any order at %s",
  async (provider) => {
    const outcomes = [];
    for (const arrange of [inOrder, backwards, twentyTimes, oddFirst]) {
      const id = await sendAll(provider, `${provider} ${arrange.name}`, {}, arrange);
      const contract = await readContract(stack, id);
      outcomes.push({
        status: contract?.status,
        recipients: contract?.recipients,
        events: contract?.events.map(({ type, recipient, occurredAt }) => [
          type,
          recipient,
          occurredAt,
        ]),
      });
      await soon(async () => {
        expect(await cardsOf(stack, `${provider} ${arrange.name}`)).toHaveLength(1);
      });
    }
    const [first, ...others] = outcomes;
    expect(first?.status).toBe("completed");
    for (const other of others) expect(other).toEqual(first);
  },
);

it("posts one card, one line an event, and writes each change once", async () => {
  const title = "Twenty copies";
  const deals = { hubspot_deal_id: "1003", salesforce_opportunity_id: "006000000000004AAA" };
  const id = await sendAll("docusign", title, deals, twentyTimes);
  await soon(async () => {
    expect(await dealOf(stack, "hubspot", "1003")).toMatchObject({ stageId: "closedwon" });
    expect(await dealOf(stack, "salesforce", "006000000000004AAA")).toMatchObject({
      stageId: "Closed Won",
    });
    const contract = await readContract(stack, id);
    const pending = contract?.effects.filter(({ status }) => status === "planned");
    expect(pending).toEqual([]);
  });
  const [card, ...others] = await cardsOf(stack, title);
  expect(others).toEqual([]);
  const lines = card?.replies.map(({ text }) => text) ?? [];
  expect(new Set(lines).size).toBe(lines.length);
  const { hubspot, salesforce } = await readCalls(stack);
  for (const [journal, record] of [
    [hubspot.journal, "1003"],
    [salesforce.journal, "006000000000004AAA"],
  ] as const) {
    const writes = journal.filter(({ recordId }) => recordId === record);
    const states = writes.map(({ changes }) => JSON.stringify(changes));
    expect(writes.length).toBeGreaterThan(0);
    expect(new Set(states).size).toBe(states.length);
    for (const { changes } of writes) {
      for (const { from, to } of Object.values(changes)) expect(to).not.toEqual(from);
    }
  }
  expect(stack.violations()).toEqual([]);
});
