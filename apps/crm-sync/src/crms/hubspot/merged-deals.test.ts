import {
  Outdated,
  readEffects,
  readLinks,
  removeLink,
  type StoredContract,
} from "@countersign/store";
import { openTestStore } from "@countersign/store/testing";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { sync } from "../../sync.ts";
import { aContract } from "../../testing/contracts.ts";
import { forgetDeals } from "../../testing/forget-deals.ts";
import { serveFake } from "../../testing/serve-fake.ts";
import type { Crm } from "../crm.ts";
import { counterpart } from "./counterpart.ts";

const { stages, linkField } = counterpart;
const stack = new AsyncDisposableStack();
const fake = counterpart.createFake(() => new Date());
let store: Awaited<ReturnType<typeof openTestStore>>;
let url: string;
let crm: Crm;
let ahead = 0;
let crashAt: string | null = null;

function onPoint(point: string): void {
  if (point !== crashAt) return;
  crashAt = null;
  throw new Error("Crash");
}

beforeAll(async () => {
  store = stack.use(await openTestStore({ onPoint, now: () => new Date(Date.now() + ahead) }));
  url = await serveFake(fake, stack);
});
beforeEach(async () => {
  await forgetDeals(store);
  fake.reset();
  [ahead, crashAt] = [0, null];
  const { sent, completed, lost } = stages;
  crm = connect({ pipelines: { default: { sent, completed, voided: lost } } });
});
afterAll(() => stack.disposeAsync());

const connect = (more: object) =>
  counterpart.connect(
    url,
    { now: () => new Date(), timeout: 5_000, onCall: () => undefined },
    more,
  );
const contractOf = (deal: string, title: string) =>
  aContract(store, { title, fields: { [linkField]: deal } });
const dealNow = (id: string) => fake.deals().find((deal) => deal.id === id);
const endsOf = async (contractId: string) =>
  (await readEffects(store, contractId, crm.id)).map(({ status, code }) => code ?? status);

/** Looks as the queue does: again where what was read has passed, three times at most. */
async function look(stored: StoredContract, by = crm): Promise<void> {
  for (let looks = 1; ; looks += 1) {
    try {
      await sync(store, by, stored);
      return;
    } catch (error) {
      if (!(error instanceof Outdated) || looks === 3) throw error;
    }
  }
}

/** Two contracts that are out, each with a deal of its own; then somebody finds that these are one. */
async function twoOfOne(into: "one" | "other" = "one") {
  const deals = fake.addDeals(2);
  const [one = "", other = ""] = deals;
  const [first, second] = [contractOf(one, "One"), contractOf(other, "Other")];
  for (const contract of [first, second]) await look(await contract.happened("contract.sent"));
  const deal = into === "one" ? fake.mergeAsPerson(other, one) : fake.mergeAsPerson(one, other);
  return { first, second, deal };
}

it("leaves a merged deal to the contract that is out, and closes it as that one ends", async () => {
  const { first, second, deal } = await twoOfOne();
  await look(await first.happened("contract.voided"));
  expect(dealNow(deal)?.stageId).toBe(stages.sent);
  expect((await endsOf(first.id)).at(-1)).toBe("another-contract-decides");
  await look(await second.happened("contract.completed"));
  expect(dealNow(deal)).toMatchObject({
    stageId: stages.completed,
    contract: { status: "completed" },
  });
});

it("knows that deal on from there, whatever id of it the contracts name", async () => {
  const { first, second, deal } = await twoOfOne();
  const stored = await first.happened("contract.voided");
  await look(stored);
  const tie = { recordId: deal, foundBy: "custom-field", certainty: 1, detail: linkField };
  for (const { id } of [first, second]) expect(await readLinks(store, id)).toMatchObject([tie]);
  const [effects, written] = [await endsOf(first.id), fake.journal().length];
  await sync(store, crm, stored);
  await sync(store, crm, stored);
  expect(await readLinks(store, first.id)).toMatchObject([tie]);
  expect(await endsOf(first.id)).toEqual(effects);
  expect(fake.journal()).toHaveLength(written);
});

it("ties a contract to another deal when it names that, and back", async () => {
  const { first, deal } = await twoOfOne();
  const [another = ""] = fake.addDeals(1);
  const stored = await first.happened("contract.viewed");
  const { contract } = stored;
  const old = contract.fields[linkField];
  for (const [named, tied] of [
    [old, deal],
    [another, another],
    [old, deal],
  ]) {
    const fields = { ...contract.fields, [linkField]: named ?? "" };
    await look({ ...stored, contract: { ...contract, fields } });
    expect(await readLinks(store, first.id)).toMatchObject([{ recordId: tied }]);
  }
});

it("follows a deal that is merged again and again", async () => {
  const { first, second, deal } = await twoOfOne();
  await look(await second.happened("contract.viewed"));
  const [third = ""] = fake.addDeals(1);
  const last = fake.mergeAsPerson(deal, third);
  await look(await first.happened("contract.voided"));
  for (const { id } of [first, second]) {
    expect(await readLinks(store, id)).toMatchObject([{ recordId: last }]);
  }
  await look(await second.happened("contract.completed"));
  expect(dealNow(last)?.stageId).toBe(stages.completed);
});

it("ties no contract to a merged deal again that somebody took from what it was before", async () => {
  for (const when of ["before", "after"]) {
    const { first, second, deal } = await twoOfOne();
    const untie = () =>
      removeLink(store, { contractId: first.id, destination: crm.id, detail: "Mara" });
    if (when === "before") await untie();
    await look(await second.happened("contract.viewed"));
    if (when === "after") await untie();
    await look(await first.happened("contract.voided"));
    expect(await readLinks(store, first.id)).toEqual([]);
    expect(dealNow(deal)?.stageId).toBe(stages.sent);
  }
});

it("finds in a merged deal what was written before and never answered for", async () => {
  const [one = "", other = ""] = fake.addDeals(2);
  const contract = contractOf(one, "Lease");
  const stored = await contract.happened("contract.sent");
  crashAt = "called";
  await expect(sync(store, crm, stored)).rejects.toThrow("Crash");
  fake.mergeAsPerson(other, one);
  ahead = 45_000;
  await look(stored);
  expect(await endsOf(contract.id)).toEqual(["done"]);
});

it("does not move a merged deal again to where somebody took it back from before", async () => {
  const { first, second, deal } = await twoOfOne();
  const early = dealNow(deal)?.stages[0]?.id;
  if (early === undefined) throw new Error("The pipeline has no stages.");
  fake.editAsPerson(deal, { stageId: early }, "Mara");
  await look(await first.happened("contract.sent"));
  expect(dealNow(deal)?.stageId).toBe(early);
  const ends = await Promise.all([first, second].map(({ id }) => endsOf(id)));
  expect(ends.flat()).toContain("moved-back-by-person");
});

it.each(["one", "other"] as const)(
  "knows its own words in a merged deal, whichever's have stayed: those of %s",
  async (into) => {
    crm = connect({ write: [{ to: "contract_title", value: "title", rule: "theirs" }] });
    const { first, second, deal } = await twoOfOne(into);
    await look(await (into === "one" ? second : first).happened("contract.completed"));
    const [from, to] = into === "one" ? ["One", "Other"] : ["Other", "One"];
    expect(fake.journal().find(({ recordId }) => recordId === deal)?.changes).toMatchObject({
      contract_title: { from, to },
    });
  },
);
