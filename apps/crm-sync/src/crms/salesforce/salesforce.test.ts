import {
  CredentialError,
  readEffects,
  readLinks,
  RetryLater,
  type Store,
} from "@countersign/store";
import { openTestStore } from "@countersign/store/testing";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { sync } from "../../sync.ts";
import { aContract } from "../../testing/contracts.ts";
import { forgetDeals } from "../../testing/forget-deals.ts";
import { serveFake } from "../../testing/serve-fake.ts";
import type { Crm } from "../crm.ts";
import { counterpart } from "./counterpart.ts";

const { deal, stages, linkField } = counterpart;
const stack = new AsyncDisposableStack();
const fake = counterpart.createFake(() => new Date());
let store: Store;
let url = "";
let crm: Crm;
const tools = { now: () => new Date(), timeout: 1_000, onCall: () => undefined };

beforeAll(async () => {
  store = stack.use(await openTestStore());
});
beforeEach(async () => {
  await forgetDeals(store);
  fake.reset();
  url = await serveFake(fake, stack);
  crm = counterpart.connect(url, tools);
});
afterAll(() => stack.disposeAsync());

const signIns = () => fake.calls().filter(({ kind }) => kind === "sign-in").length;
const linked = () => aContract(store, { fields: { [linkField]: deal } });

/** Does something at the last moment before each write. */
const beforeWriting = (act: () => void): Crm => ({
  ...crm,
  writeDeal(read, values) {
    act();
    return crm.writeDeal(read, values);
  },
});

it("does not write over what somebody changed meanwhile, but plans anew", async () => {
  const contract = linked();
  let times = 0;
  const meddled = beforeWriting(() => {
    if (times === 0) fake.editAsPerson(deal, { stageId: stages.lost }, "Mara");
    times += 1;
  });
  await sync(store, meddled, await contract.happened("contract.sent"));
  expect(fake.deals().find(({ id }) => id === deal)).toMatchObject({
    stageId: stages.lost,
    contract: { status: "sent" },
  });
  const effects = await readEffects(store, contract.id, "salesforce");
  expect(effects.map(({ status, code }) => code ?? status)).toEqual([
    "superseded",
    "done",
    "closed-by-person",
  ]);
});

it("comes back later to a deal that is being changed all the time", async () => {
  let amount = 1;
  const conflict = [{ message: "modified", errorCode: "PRECONDITION_FAILED" }];
  const meddled = beforeWriting(() => {
    fake.editAsPerson(deal, { amount: (amount += 1) }, "Mara");
    fake.setFault({ kind: "answer", status: 412, body: conflict, on: "write" });
  });
  const stored = await linked().happened("contract.sent");
  await expect(sync(store, meddled, stored)).rejects.toThrow(RetryLater);
  expect(amount).toBe(4);
});

it("signs in once for all who wait for it", async () => {
  await Promise.all(Array.from({ length: 8 }, () => crm.readDeal(deal)));
  expect(signIns()).toBe(1);
});

it("signs in once more when the session has ended, and repeats the call", async () => {
  await crm.check();
  fake.setFault({ kind: "unauthorized", on: "read" });
  expect(await crm.readDeal(deal)).toMatchObject({ recordId: deal });
  expect(signIns()).toBe(2);
});

it("signs in once more for fifty calls that meet the end of the session", async () => {
  await crm.check();
  fake.endSessions();
  const find = (index: number) => crm.attachments.findNote(deal, `cs-${index}`);
  const calls = Array.from({ length: 50 }, (_, index) => find(index));
  expect(new Set(await Promise.all(calls))).toEqual(new Set([null]));
  expect(signIns()).toBe(2);
  expect(fake.calls().filter(({ status }) => status === 401)).toHaveLength(50);
});

it.each([
  ["TotalRequests Limit exceeded.", 900],
  ["ConcurrentPerOrgLongTxn Limit exceeded.", 10],
])("tells the day's limit from too many at once: %s", async (message, seconds) => {
  await crm.readDeal(deal);
  const body = [{ message, errorCode: "REQUEST_LIMIT_EXCEEDED" }];
  fake.setFault({ kind: "answer", status: 403, body, on: "read" });
  await expect(crm.readDeal(deal)).rejects.toMatchObject({ name: "RetryLater", seconds });
});

it("does not sign in for ever where Salesforce refuses every session", async () => {
  fake.setFault({ kind: "unauthorized", on: "read", times: 100 });
  await expect(crm.readDeal(deal)).rejects.toThrow(CredentialError);
  expect(signIns()).toBe(2);
});

it("signs in anew after a sign-in that failed", async () => {
  fake.setFault({ kind: "server-error", on: "sign-in" });
  await expect(crm.check()).rejects.toThrow("could not be reached");
  await crm.check();
  expect(signIns()).toBe(2);
});

it("knows a moment for its own although Salesforce keeps whole seconds", async () => {
  const write = [
    { to: "Contract_Signed_At__c", value: "completedAt", as: "date-time", rule: "theirs" },
  ];
  const exact = counterpart.connect(url, tools, { write });
  const contract = linked();
  const stored = await contract.happened("contract.completed", "2026-05-06T23:59:00.123Z");
  await sync(store, exact, stored);
  const writes = fake.journal().length;
  await sync(store, exact, stored);
  expect(fake.journal()).toHaveLength(writes);
  const effects = await readEffects(store, contract.id, "salesforce");
  expect(effects.map(({ status, code }) => code ?? status)).toEqual(["done"]);
  expect(effects[0]?.after).toMatchObject({
    fields: { Contract_Signed_At__c: "2026-05-06T23:59:00.123Z" },
  });
});

it("takes an id of 15 characters for the whole one, so that both name one deal", async () => {
  const contract = aContract(store, { fields: { [linkField]: deal.slice(0, 15) } });
  await sync(store, crm, await contract.happened("contract.sent"));
  expect(fake.deals().find(({ id }) => id === deal)?.stageId).toBe(stages.sent);
  expect(await readLinks(store, contract.id)).toMatchObject([{ recordId: deal }]);
});
