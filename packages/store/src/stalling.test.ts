import type { ReportedFact } from "@countersign/core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { record } from "./recording/record.ts";
import { readStalling } from "./stalling.ts";
import type { Store } from "./store.ts";
import { aDelivery, aFact, aReport, openTestStore } from "./testing/index.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
  const expiresAt = "2026-05-20T09:00:00.000Z";
  await keep("unseen", ["contract.sent"]);
  await keep("expiring", ["contract.sent"], { expiresAt });
  await keep("viewed", ["contract.sent", "recipient.viewed"]);
  await keep("viewed-expiring", ["contract.sent", "recipient.viewed"], { expiresAt });
  await keep("signed", ["contract.sent", "recipient.viewed", "recipient.signed"]);
  await keep("done", ["recipient.signed", "contract.completed"], { expiresAt });
  await keep("draft", ["contract.created"], { expiresAt });
});
afterAll(async () => store.close());

/** Each thing happens a day after the one before it, from the first of May. */
async function keep(
  id: string,
  types: ReportedFact["type"][],
  description: ReportedFact["description"] = {},
) {
  const facts = types.map((type, day) => {
    const recipient = type.startsWith("recipient") ? "1" : null;
    return aFact(type, { recipient, occurredAt: `2026-05-0${day + 1}T09:00:00.000Z` });
  });
  const said = aFact("contract.noted", { occurrence: "said", description });
  await record(store, aDelivery(id), aReport(id, ...facts, said));
}

function day(number: number): Date {
  return new Date(Date.UTC(2026, 4, number, 9));
}

async function stalling(viewed: number, quiet: number, expires: [number, number], limit = 10) {
  const [after, by] = expires.map(day);
  if (after === undefined || by === undefined) throw new Error("There are two days.");
  const since = { viewed: day(viewed), quiet: day(quiet), expires: { after, by } };
  const { contracts, hasMore } = await readStalling(store, since, limit);
  return { found: contracts.map(({ contract }) => contract.externalId).toSorted(), hasMore };
}

it("are those that were viewed or partly signed up to then, or expire within it, each once", async () => {
  const all = ["expiring", "signed", "viewed", "viewed-expiring"];
  expect(await stalling(2, 3, [17, 20])).toEqual({ found: all, hasMore: false });
  expect((await stalling(1, 3, [17, 19])).found).toEqual(["signed"]);
  expect((await stalling(2, 2, [20, 23])).found).toEqual(["viewed", "viewed-expiring"]);
  expect((await stalling(1, 2, [19, 20])).found).toEqual(["expiring", "viewed-expiring"]);
});

it.each([
  ["two were viewed", [2, 2, [1, 2]], /^viewed/, true],
  ["two expire", [1, 2, [19, 20]], /expiring$/, true],
  ["one is partly signed", [1, 3, [17, 19]], /^signed$/, false],
] as const)(
  "are at most so many of each kind, and say so: %s",
  async (_case, since, found, hasMore) => {
    const [viewed, quiet, [after, by]] = since;
    const cut = await stalling(viewed, quiet, [after, by], 1);
    expect(cut.hasMore).toBe(hasMore);
    expect(cut.found).toEqual([expect.stringMatching(found)]);
  },
);

it("are of each kind those that wait longest", async () => {
  await keep("viewed-first", ["recipient.viewed"]);
  expect((await stalling(2, 2, [1, 2], 1)).found).toEqual(["viewed-first"]);
});
