import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import {
  CredentialError,
  PermanentError,
  readEffects,
  readLinks,
  RetryLater,
} from "@countersign/store";
import { openTestStore } from "@countersign/store/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { mappedFields } from "../mapping/mapping.ts";
import { settleSuperseded } from "../settle-doubts.ts";
import { sync } from "../sync.ts";
import { aContract } from "../testing/contracts.ts";
import type { Counterpart, Prism } from "../testing/counterpart.ts";
import { forgetDeals } from "../testing/forget-deals.ts";
import { serveFake } from "../testing/serve-fake.ts";
import type { CallResult } from "./calls.ts";
import type { Crm } from "./crm.ts";
import { counterpart as hubspot } from "./hubspot/counterpart.ts";
import { crmKinds } from "./index.ts";
import { counterpart as salesforce } from "./salesforce/counterpart.ts";
import { UnclearAnswer } from "./unclear-answer.ts";

const counterparts: Record<Crm["id"], Counterpart> = { hubspot, salesforce };

it("the list names every folder", () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(crmKinds.map(({ id }) => id).toSorted()).toEqual(folders.toSorted());
});

const url = "https://sign.example/contracts/1";
const timeout = 2_500;

describe.each(crmKinds.map(({ id }) => id))("%s", (id) => {
  const counterpart = counterparts[id];
  const { deal, stages, linkField } = counterpart;
  const stack = new AsyncDisposableStack();
  const fake = counterpart.createFake(() => new Date());
  const results: [string, CallResult][] = [];
  const tools = {
    now: () => new Date(),
    timeout,
    onCall: (_crm: string, operation: string, result: CallResult) => {
      results.push([operation, result]);
    },
  };
  let ahead = 0;
  let store: Awaited<ReturnType<typeof openTestStore>>;
  let prism: Prism;
  let crm: Crm;

  beforeAll(async () => {
    store = stack.use(await openTestStore({ now: () => new Date(Date.now() + ahead) }));
    prism = stack.use(await counterpart.judge(await serveFake(fake, stack)));
  }, 60_000);
  beforeEach(async () => {
    await forgetDeals(store);
    fake.reset();
    ahead = 0;
    results.length = 0;
    crm = counterpart.connect(prism.url, tools);
  });
  afterAll(() => stack.disposeAsync());

  const linkTo = (recordId: string) => aContract(store, { url, fields: { [linkField]: recordId } });
  const dealNow = () => fake.deals().find((one) => one.id === deal);
  const effectsOf = async (contractId: string) =>
    (await readEffects(store, contractId, id)).map(({ status, code }) => code ?? status);
  const ourWrites = () => fake.journal().filter(({ by }) => by === "api");
  const writeCalls = () => fake.calls().filter(({ kind }) => kind === "write");

  it("shows a contract in its deal: stage, status, date and address", async () => {
    const contract = linkTo(deal);
    await sync(store, crm, await contract.happened("contract.sent"));
    expect(dealNow()).toMatchObject({
      stageId: stages.sent,
      contract: { status: "sent", signedDate: null, url },
    });
    await sync(store, crm, await contract.happened("contract.completed"));
    expect(dealNow()).toMatchObject({
      stageId: stages.completed,
      closed: true,
      contract: { status: "completed", signedDate: "2026-05-06", url },
    });
  });

  it("writes down the link, each write and what it replaced", async () => {
    const contract = linkTo(deal);
    const before = dealNow()?.stageId;
    await sync(store, crm, await contract.happened("contract.sent"));
    expect(await readLinks(store, contract.id)).toMatchObject([
      { destination: id, recordId: deal, foundBy: "custom-field", certainty: 1, detail: linkField },
    ]);
    const [effect, ...others] = await readEffects(store, contract.id, id);
    expect(others).toEqual([]);
    const [field = ""] = mappedFields(crm.mapping, "deal");
    expect(effect).toMatchObject({
      status: "done",
      kind: "deal.update",
      target: deal,
      outsideId: deal,
      before: { stage: before, fields: { [field]: null } },
      after: { stage: stages.sent, fields: { [field]: "sent" } },
    });
  });

  it("writes a change once, however often it is told of it", async () => {
    const stored = await linkTo(deal).happened("contract.sent");
    for (let times = 0; times < 20; times += 1) await sync(store, crm, stored);
    expect(writeCalls()).toHaveLength(1);
  });

  it("leaves a deal that a person has closed, and says so once", async () => {
    const contract = linkTo(deal);
    await sync(store, crm, await contract.happened("contract.sent"));
    fake.editAsPerson(deal, { stageId: stages.lost }, "Mara");
    const stored = await contract.happened("contract.completed");
    await sync(store, crm, stored);
    await sync(store, crm, stored);
    expect(dealNow()).toMatchObject({ stageId: stages.lost, contract: { status: "completed" } });
    expect(await effectsOf(contract.id)).toEqual(["done", "done", "closed-by-person"]);
  });

  it("leaves a deal that a person has moved further", async () => {
    const contract = linkTo(deal);
    fake.editAsPerson(deal, { stageId: stages.viewed }, "Mara");
    await sync(store, crm, await contract.happened("contract.sent"));
    expect(dealNow()).toMatchObject({ stageId: stages.viewed, contract: { status: "sent" } });
    expect(await effectsOf(contract.id)).toEqual(["done", "already-further"]);
  });

  it("writes the fields where a stage does not exist, and says what is wrong", async () => {
    const contract = linkTo(deal);
    const before = dealNow()?.stageId;
    const bringing = sync(store, crm, await contract.happened("contract.voided"));
    await expect(bringing).rejects.toThrow(/\.voided in countersign\.yaml says "nowhere"/i);
    expect(dealNow()).toMatchObject({ stageId: before, contract: { status: "voided" } });
    expect(await effectsOf(contract.id)).toEqual(["done", "unknown-stage"]);
    expect(await crm.check()).toMatchObject([
      { code: "unknown-stage", message: expect.stringMatching(/voided.*nowhere/i) },
    ]);
  });

  it("says that there is no such deal", async () => {
    const contract = linkTo(counterpart.missingDeal);
    const bringing = sync(store, crm, await contract.happened("contract.sent"));
    await expect(bringing).rejects.toThrow(PermanentError);
    expect(await effectsOf(contract.id)).toEqual(["deal-not-found"]);
  });

  it.each([
    ["no-link", {}],
    ["bad-link", { [linkField]: "our biggest deal" }],
  ])("writes down %s once, and calls nobody", async (code, fields) => {
    const contract = aContract(store, { fields });
    await sync(store, crm, await contract.happened("contract.sent"));
    await sync(store, crm, await contract.happened("contract.completed"));
    expect(await effectsOf(contract.id)).toEqual([code]);
    expect(fake.calls()).toEqual([]);
  });

  it("comes back when the CRM has had too many calls", async () => {
    const contract = linkTo(deal);
    const stored = await contract.happened("contract.sent");
    fake.setFault({ kind: "rate-limited", retryAfterSeconds: 3, on: "write" });
    await expect(sync(store, crm, stored)).rejects.toThrow(RetryLater);
    expect(ourWrites()).toEqual([]);
    expect(await readEffects(store, contract.id, id)).toMatchObject([
      { status: "planned", calledAt: null },
    ]);
    await sync(store, crm, stored);
    expect(ourWrites()).toHaveLength(1);
    expect(await effectsOf(contract.id)).toEqual(["done"]);
    expect(results).toContainEqual(["write-deal", "later"]);
  });

  it("writes at last what was refused time and again", async () => {
    const contract = linkTo(deal);
    const stored = await contract.happened("contract.sent");
    for (let time = 1; time <= 3; time += 1) {
      fake.setFault({ kind: "rate-limited", on: "write" });
      await expect(sync(store, crm, stored)).rejects.toThrow(RetryLater);
      expect(await effectsOf(contract.id)).toEqual(["planned"]);
    }
    await sync(store, crm, stored);
    expect(dealNow()).toMatchObject({ stageId: stages.sent });
    expect(await effectsOf(contract.id)).toEqual(["done"]);
  });

  it("writes what had been superseded, where it is due again", async () => {
    const contract = linkTo(deal);
    const stored = await contract.happened("contract.sent");
    fake.setFault({ kind: "rate-limited", on: "write" });
    await expect(sync(store, crm, stored)).rejects.toThrow(RetryLater);
    await settleSuperseded(store, await readEffects(store, contract.id, id));
    await sync(store, crm, stored);
    expect(dealNow()).toMatchObject({ stageId: stages.sent });
    expect(await effectsOf(contract.id)).toEqual(["superseded", "done"]);
  });

  it("plans anew where the contract has moved on since a refused write", async () => {
    const contract = linkTo(deal);
    fake.setFault({ kind: "rate-limited", on: "write" });
    const first = await contract.happened("contract.sent");
    await expect(sync(store, crm, first)).rejects.toThrow(RetryLater);
    await sync(store, crm, await contract.happened("contract.viewed"));
    expect(dealNow()).toMatchObject({ stageId: stages.viewed });
    expect(await effectsOf(contract.id)).toEqual(["superseded", "done"]);
  });

  it("goes on after one refusal of its credentials", async () => {
    const contract = linkTo(deal);
    const stored = await contract.happened("contract.sent");
    fake.setFault({ kind: "unauthorized", on: "write" });
    const refused: unknown = await sync(store, crm, stored).catch((error: unknown) => error);
    expect(refused === "called" || refused instanceof CredentialError).toBe(true);
    await sync(store, crm, stored);
    expect(ourWrites()).toHaveLength(1);
    expect(await effectsOf(contract.id)).toEqual(["done"]);
  });

  it("says that revoked credentials are refused", async () => {
    const revoked = counterpart.connectRevoked(prism.url, tools);
    const stored = await linkTo(deal).happened("contract.sent");
    await expect(sync(store, revoked, stored)).rejects.toThrow(CredentialError);
    await expect(revoked.check()).rejects.toThrow(CredentialError);
  });

  it("has kept its link by the time it says that the CRM failed", async () => {
    const contract = linkTo(deal);
    const stored = await contract.happened("contract.sent");
    const holder = await store.database.connect();
    try {
      await holder.query("begin; lock table links in exclusive mode");
      const revoked = counterpart.connectRevoked(prism.url, tools);
      const ended = sync(store, revoked, stored).then(
        () => "done",
        () => "failed",
      );
      await vi.waitFor(() => expect(results.map(([, result]) => result)).toContain("credential"));
      expect(await Promise.race([ended, sleep(200, "under way")])).toBe("under way");
      await holder.query("commit");
      expect(await ended).toBe("failed");
      expect(await readLinks(store, contract.id)).toHaveLength(1);
    } finally {
      holder.release(true);
    }
  });

  it("finds out by reading that a write without an answer took effect", async () => {
    const contract = linkTo(deal);
    const stored = await contract.happened("contract.sent");
    fake.setFault({ kind: "drop-after-applying", on: "write" });
    await expect(sync(store, crm, stored)).rejects.toThrow("could not be reached");
    expect(await effectsOf(contract.id)).toEqual(["planned"]);
    await sync(store, crm, stored);
    expect(writeCalls()).toHaveLength(1);
    expect(await effectsOf(contract.id)).toEqual(["done"]);
  });

  it("writes again where a write without an answer took no effect", async () => {
    const contract = linkTo(deal);
    const stored = await contract.happened("contract.sent");
    fake.setFault({ kind: "hang", on: "write" });
    await expect(sync(store, crm, stored)).rejects.toThrow("could not be reached");
    await expect(sync(store, crm, stored)).rejects.toThrow(RetryLater);
    ahead = 45_000;
    await sync(store, crm, stored);
    expect(writeCalls().map(({ status }) => status === null)).toEqual([true, false]);
    expect(await effectsOf(contract.id)).toEqual(["done"]);
  });

  it("looks at once where the CRM answered without saying what became of a write", async () => {
    const contract = linkTo(deal);
    const stored = await contract.happened("contract.sent");
    fake.setFault({ kind: "server-error", on: "write" });
    await expect(sync(store, crm, stored)).rejects.toThrow(UnclearAnswer);
    expect(await readEffects(store, contract.id, id)).toMatchObject([
      { status: "planned", code: "unclear-answer" },
    ]);
    await sync(store, crm, stored);
    expect(writeCalls()).toHaveLength(2);
    expect(await readEffects(store, contract.id, id)).toMatchObject([
      { status: "done", code: null },
    ]);
  });

  it("keeps why the CRM refused a write", async () => {
    const contract = linkTo(deal);
    const { status, body, code } = counterpart.refusal;
    fake.setFault({ kind: "answer", status, body, on: "write" });
    const bringing = sync(store, crm, await contract.happened("contract.sent"));
    await expect(bringing).rejects.toThrow(PermanentError);
    expect(await readEffects(store, contract.id, id)).toMatchObject([
      { status: "failed", code, message: expect.stringContaining("contract_status") },
    ]);
  });

  it("has made only calls, and got only answers, that the vendor's description has", async () => {
    await sync(store, crm, await linkTo(deal).happened("contract.completed"));
    expect(prism.violations()).toEqual([]);
    expect(new Set(prism.unjudged())).toEqual(new Set(counterpart.unjudged));
  });
});
