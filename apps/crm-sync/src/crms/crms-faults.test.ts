import {
  CredentialError,
  Outdated,
  PermanentError,
  readEffects,
  RetryLater,
} from "@countersign/store";
import { openTestStore } from "@countersign/store/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sync } from "../sync.ts";
import { aContract } from "../testing/contracts.ts";
import type { Counterpart, Prism } from "../testing/counterpart.ts";
import { forgetDeals } from "../testing/forget-deals.ts";
import { serveFake } from "../testing/serve-fake.ts";
import { undo } from "../undo/undo.ts";
import type { Crm } from "./crm.ts";
import { counterpart as hubspot } from "./hubspot/counterpart.ts";
import { crmKinds } from "./index.ts";
import { NotSent } from "./not-sent.ts";
import { counterpart as salesforce } from "./salesforce/counterpart.ts";

const counterparts: Record<Crm["id"], Counterpart> = { hubspot, salesforce };

/** What ends a process between two statements. */
class Crash extends Error {}

describe.each(crmKinds.map(({ id }) => id))("%s", (id) => {
  const counterpart = counterparts[id];
  const { deal, stages, linkField, fields } = counterpart;
  const stack = new AsyncDisposableStack();
  const fake = counterpart.createFake(() => new Date());
  const tools = { now: () => new Date(), timeout: 5_000, onCall: () => undefined };
  let [ahead, asleep] = [0, 0];
  let crashAt: string | null = null;
  const onPoint = (point: string) => {
    if (point !== crashAt) return;
    crashAt = null;
    throw new Crash(point);
  };
  let store: Awaited<ReturnType<typeof openTestStore>>;
  let prism: Prism;
  let crm: Crm;

  beforeAll(async () => {
    const [now, wall] = [() => new Date(Date.now() + ahead), () => new Date(Date.now() + asleep)];
    store = stack.use(await openTestStore({ onPoint, now, wall }));
    prism = stack.use(await counterpart.judge(await serveFake(fake, stack)));
  }, 60_000);
  beforeEach(async () => {
    await forgetDeals(store);
    fake.reset();
    crashAt = null;
    [ahead, asleep] = [0, 0];
    const account = { to: fields.account, value: "title", on: "account" };
    crm = counterpart.connect(prism.url, tools, { write: [account] });
  });
  afterAll(() => stack.disposeAsync());

  const linked = (recordId = deal) =>
    aContract(store, { title: "Lease", fields: { [linkField]: recordId } });
  const dealNow = () => fake.deals().find((one) => one.id === deal);
  const ourWrites = () => fake.journal().filter(({ by }) => by === "api");
  const statusesOf = async (contractId: string) =>
    (await readEffects(store, contractId, id)).map(({ status }) => status);

  describe.each(["planned", "called", "settled"])("a crash when a write has been %s", (point) => {
    it("changes the deal and its account once each", async () => {
      const contract = linked();
      const stored = await contract.happened("contract.sent");
      crashAt = point;
      await expect(sync(store, crm, stored)).rejects.toThrow(Crash);
      ahead = 45_000;
      await sync(store, crm, stored);
      await sync(store, crm, stored);
      const account = fake.relatedOf(deal, "account")?.id ?? "";
      const written = ourWrites().map(({ recordId }) => recordId);
      expect(written.toSorted()).toEqual([deal, account].toSorted());
      expect(dealNow()?.stageId).toBe(stages.sent);
      expect(await statusesOf(contract.id)).toEqual(["done", "done"]);
    });

    it("undoes once", async () => {
      const contract = linked();
      const before = dealNow()?.stageId;
      await sync(store, crm, await contract.happened("contract.sent"));
      crashAt = point;
      await undo(store, crm, { contractId: contract.id }).catch(() => undefined);
      ahead = 45_000;
      await undo(store, crm, { contractId: contract.id });
      expect(dealNow()).toMatchObject({ stageId: before, contract: { status: null } });
      expect(ourWrites()).toHaveLength(4);
    });
  });

  it("sends nothing any more when it wakes long after its claim, and begins anew", async () => {
    const contract = linked();
    const stored = await contract.happened("contract.sent");
    const slow: Crm = {
      ...crm,
      writeDeal(...write) {
        asleep += 15_001;
        return crm.writeDeal(...write);
      },
    };
    await expect(sync(store, slow, stored)).rejects.toThrow(NotSent);
    expect(ourWrites()).toEqual([]);
    await sync(store, crm, stored);
    expect(dealNow()?.stageId).toBe(stages.sent);
    expect(await statusesOf(contract.id)).toEqual(["done", "done"]);
  });

  it("leaves a doubtful write alone while it may be under way, also where it is asked to undo", async () => {
    const contract = linked();
    const stored = await contract.happened("contract.sent");
    crashAt = "planned";
    await expect(sync(store, crm, stored)).rejects.toThrow(Crash);
    await expect(sync(store, crm, stored)).rejects.toThrow(RetryLater);
    const { left } = await undo(store, crm, { contractId: contract.id });
    expect(left).toMatchObject([{ code: "busy" }]);
    expect(ourWrites().filter(({ recordId }) => recordId === deal)).toEqual([]);
    ahead = 45_000;
    await sync(store, crm, stored);
    expect(dealNow()?.stageId).toBe(stages.sent);
  });

  it("writes nothing where the contract, or another of its deal, moves on while it looks", async () => {
    for (const which of ["itself", "another"]) {
      const looking = linked();
      const moving = which === "itself" ? looking : linked();
      if (which === "another") await moving.happened("contract.sent");
      const stored = await looking.happened("contract.viewed");
      const slow = {
        ...crm,
        async readDeal(recordId: string) {
          const deal = await crm.readDeal(recordId);
          await sync(store, crm, await moving.happened("contract.completed"));
          return deal;
        },
      };
      await expect(sync(store, slow, stored)).rejects.toThrow(Outdated);
      expect(dealNow()).toMatchObject({
        stageId: stages.completed,
        contract: { status: "completed" },
      });
      await forgetDeals(store);
      fake.reset();
    }
  });

  it("comes back by itself when a revoked token works again", async () => {
    const contract = linked();
    const stored = await contract.happened("contract.sent");
    fake.setFault({ kind: "unauthorized", times: 100 });
    const body = { error: "invalid_grant", error_description: "user is inactive" };
    fake.setFault({ kind: "answer", status: 400, body, times: 100, on: "sign-in" });
    await expect(sync(store, crm, stored)).rejects.toThrow(CredentialError);
    fake.clearFaults();
    await sync(store, crm, stored);
    expect(dealNow()?.stageId).toBe(stages.sent);
  });

  it("writes nothing and loses nothing where the token is revoked between reading and writing", async () => {
    const contract = linked();
    const stored = await contract.happened("contract.sent");
    fake.setFault({ kind: "unauthorized", times: 100, on: "write" });
    await expect(sync(store, crm, stored)).rejects.toThrow(CredentialError);
    expect(ourWrites()).toEqual([]);
    fake.clearFaults();
    await sync(store, crm, stored);
    expect(await statusesOf(contract.id)).toEqual(["done", "done"]);
  });

  it.each(["read", "write"] as const)(
    "waits long where the day's calls are used up, on a %s",
    async (on) => {
      const stored = await linked().happened("contract.sent");
      const { seconds, ...answer } = counterpart.dailyLimit;
      fake.setFault({ kind: "answer", ...answer, on, times: 10 });
      await expect(sync(store, crm, stored)).rejects.toMatchObject({ seconds });
      fake.clearFaults();
      await sync(store, crm, stored);
      expect(dealNow()?.stageId).toBe(stages.sent);
    },
  );

  it("says that a deal was deleted after it had been written to", async () => {
    const contract = linked();
    await sync(store, crm, await contract.happened("contract.sent"));
    fake.deleteAsPerson(deal);
    const later = await contract.happened("contract.completed");
    await expect(sync(store, crm, later)).rejects.toThrow(PermanentError);
    expect((await readEffects(store, contract.id, id)).at(-1)).toMatchObject({
      status: "failed",
      code: "deal-not-found",
    });
    const { restored, left } = await undo(store, crm, { contractId: contract.id });
    expect(restored).toEqual([]);
    expect(left.map(({ code }) => code)).toEqual(["no-record", "no-record"]);
  });

  it("follows a deal that was merged into another, or says that it is gone", async () => {
    const [into = ""] = fake.addDeals(1);
    const contract = linked();
    const merged = fake.mergeAsPerson(deal, into);
    const stored = await contract.happened("contract.sent");
    const bringing = sync(store, crm, stored).catch((error: unknown) => {
      if (error instanceof Outdated) return sync(store, crm, stored);
      throw error;
    });
    const end = await bringing.then(
      () => fake.deals().find((one) => one.id === merged)?.stageId,
      (error: unknown) => (error instanceof PermanentError ? error.code : error),
    );
    expect(end).toBe(counterpart.followsMerges ? stages.sent : "deal-not-found");
  });

  it("has made only calls, and got only answers, that the vendor's description has", () => {
    expect(prism.violations()).toEqual([]);
    const known = new Set([...counterpart.unjudged, ...counterpart.unjudgedBatches]);
    expect(prism.unjudged().filter((call) => !known.has(call))).toEqual([]);
  });
});
