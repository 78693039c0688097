import { PermanentError, readDeal, readEffects } from "@countersign/store";
import { openTestStore } from "@countersign/store/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { historyOf } from "../history/history-of.ts";
import { sync } from "../sync.ts";
import { aContract } from "../testing/contracts.ts";
import type { Counterpart, Prism } from "../testing/counterpart.ts";
import { forgetDeals } from "../testing/forget-deals.ts";
import { serveFake } from "../testing/serve-fake.ts";
import { previewUndo, undo } from "../undo/undo.ts";
import { counterpart as hubspot } from "./hubspot/counterpart.ts";
import { crmKinds } from "./index.ts";
import { counterpart as salesforce } from "./salesforce/counterpart.ts";

const counterparts: Record<(typeof crmKinds)[number]["id"], Counterpart> = { hubspot, salesforce };

describe.each(crmKinds.map(({ id }) => id))("%s", (id) => {
  const counterpart = counterparts[id];
  const { deal, stages, linkField, fields } = counterpart;
  const stack = new AsyncDisposableStack();
  const fake = counterpart.createFake(() => new Date());
  let passed = 0;
  const tools = {
    now: () => new Date(Date.now() + passed),
    timeout: 5_000,
    onCall: () => undefined,
  };
  let store: Awaited<ReturnType<typeof openTestStore>>;
  let prism: Prism;

  beforeAll(async () => {
    store = stack.use(await openTestStore({ now: tools.now }));
    await store.queue.createQueue("slack");
    prism = stack.use(await counterpart.judge(await serveFake(fake, stack)));
  }, 60_000);
  beforeEach(async () => {
    await forgetDeals(store);
    fake.reset();
    passed = 0;
  });
  afterAll(() => stack.disposeAsync());

  const connect = (more: object = {}) => counterpart.connect(prism.url, tools, more);
  const linked = (more: object = {}) =>
    aContract(store, {
      title: "Lease 2026",
      amount: { value: 12_500, currency: "USD" },
      fields: { [linkField]: deal, ...more },
    });
  const stageNow = () => fake.deals().find((one) => one.id === deal)?.stageId;
  const valueOf = (field: string) => {
    const changes = fake.journal().filter(({ recordId }) => recordId === deal);
    return changes.findLast((entry) => field in entry.changes)?.changes[field]?.to;
  };
  const accountValue = () => fake.relatedOf(deal, "account")?.fields[fields.account] ?? null;
  const codesOf = async (contractId: string) =>
    (await readEffects(store, contractId, id)).map(({ status, code }) => code ?? status);
  const everything = {
    write: [
      { to: fields.title, value: "title", rule: "theirs" },
      { to: fields.amount, value: "amount" },
      { to: fields.account, value: "title", on: "account", rule: "newest" },
      { to: fields.contact, value: "title", on: "contact" },
    ],
  };

  it("writes any value to any field of the deal, its account and its contact", async () => {
    const crm = connect(everything);
    const contract = linked();
    const stored = await contract.happened("contract.sent");
    await sync(store, crm, stored);
    await sync(store, crm, stored);
    expect(valueOf(fields.title)).toBe("Lease 2026");
    expect(Number(valueOf(fields.amount))).toBe(12_500);
    expect(accountValue()).toBe("Lease 2026");
    expect(fake.relatedOf(deal, "contact")?.fields[fields.contact]).toBe("Lease 2026");
    expect(fake.journal()).toHaveLength(3);
    const effects = await readEffects(store, contract.id, id);
    expect(effects.map(({ kind, status }) => [kind, status])).toEqual([
      ["deal.update", "done"],
      ["account.update", "done"],
      ["contact.update", "done"],
    ]);
  });

  it("keeps a person's edit where the rule says theirs, and writes again where it says ours", async () => {
    const crm = connect(everything);
    const contract = linked();
    await sync(store, crm, await contract.happened("contract.sent"));
    const account = fake.relatedOf(deal, "account");
    fake.editAsPerson(deal, { contractStatus: "hello" }, "Mara");
    fake.editRelated(account?.id ?? "", fields.account, "Our best customer", "Mara");
    await sync(store, crm, await contract.happened("contract.viewed"));
    expect(fake.deals().find((one) => one.id === deal)?.contract.status).toBe("viewed");
    expect(accountValue()).toBe("Our best customer");
    expect(await codesOf(contract.id)).toEqual(["done", "done", "done", "done", "changed-since"]);
  });

  it("writes ours again also where the contract has not changed", async () => {
    const contract = linked();
    const stored = await contract.happened("contract.sent");
    for (const status of ["hello", "hello"]) {
      await sync(store, connect(), stored);
      fake.editAsPerson(deal, { contractStatus: status }, "Mara");
    }
    await sync(store, connect(), stored);
    expect(fake.deals().find((one) => one.id === deal)?.contract.status).toBe("sent");
    expect(await codesOf(contract.id)).toEqual(["done", "done", "done"]);
  });

  it("chooses the mapping by the contract", async () => {
    const when = { titleWords: "lease", amountFrom: 10_000, custom: { kind: "rent" } };
    const crm = connect({ mappings: [{ name: "leases", when, write: everything.write }] });
    const [other, lease] = [linked(), linked({ kind: "sale, rent" })];
    await sync(store, crm, await other.happened("contract.sent"));
    expect(valueOf(fields.title)).toBeUndefined();
    await sync(store, crm, await lease.happened("contract.sent"));
    expect(valueOf(fields.title)).toBe("Lease 2026");
    const [entry] = await historyOf(store, { contractId: lease.id });
    expect(entry).toMatchObject({ mapping: "leases" });
  });

  it.each([
    ["any", stages.completed, []],
    ["all", stages.viewed, ["another-contract-decides"]],
    ["primary", stages.viewed, ["another-contract-decides"]],
  ])("with several contracts on the deal, by %s", async (several, expected, skips) => {
    const crm = connect({ several });
    const [first, second] = [linked({ primary_contract: "yes" }), linked()];
    await sync(store, crm, await first.happened("contract.sent"));
    await sync(store, crm, await second.happened("contract.sent"));
    await sync(store, crm, await second.happened("contract.completed"));
    await sync(store, crm, await first.happened("contract.viewed"));
    expect(stageNow()).toBe(expected);
    expect(await codesOf(second.id)).toEqual(expect.arrayContaining(skips));
    await sync(store, crm, await first.happened("contract.completed"));
    expect(stageNow()).toBe(stages.completed);
  });

  it("keeps what people are shown of the deal, and has Slack look again once", async () => {
    const crm = connect();
    const stored = await linked().happened("contract.sent");
    await sync(store, crm, stored);
    await sync(store, crm, stored);
    expect(await readDeal(store, id, deal)).toEqual({
      destination: id,
      recordId: deal,
      ...counterpart.shown,
    });
    const { rows } = await store.database.query<{ asked: string }>(
      "select asked from followed where destination = 'slack' and contract_id = $1",
      [stored.contract.id],
    );
    expect(rows).toEqual([{ asked: "1" }]);
  });

  describe("Countersign's own fields", () => {
    const { contractId, status } = counterpart.ownFields;

    it("tell of the contract that speaks for the deal, in the one write that is made anyway", async () => {
      const [first, second] = [linked(), linked()];
      await sync(store, connect(), await first.happened("contract.sent"));
      expect([valueOf(contractId), valueOf(status)]).toEqual([first.id, "sent"]);
      expect(
        fake.calls().filter(({ kind, method }) => kind === "write" && method !== "POST"),
      ).toHaveLength(1);
      await sync(store, connect(), await second.happened("contract.viewed"));
      expect([valueOf(contractId), valueOf(status)]).toEqual([second.id, "viewed"]);
      const [entry] = await historyOf(store, { contractId: second.id });
      expect(entry?.changes).toContainEqual(
        expect.objectContaining({
          field: contractId,
          before: first.id,
          after: second.id,
          rule: "ours",
          from: "countersignId",
        }),
      );
    });

    it("are left out where they are missing, and written once they are there", async () => {
      fake.deleteField(contractId);
      const contract = linked();
      const stored = await contract.happened("contract.sent");
      const crm = connect();
      await sync(store, crm, stored);
      expect(stageNow()).toBe(stages.sent);
      expect([valueOf(contractId), valueOf(status)]).toEqual([undefined, "sent"]);
      expect(await codesOf(contract.id)).toEqual(["done"]);
      fake.reset();
      await sync(store, crm, stored);
      expect(valueOf(contractId)).toBeUndefined();
      passed += 600_000;
      await sync(store, crm, stored);
      expect(valueOf(contractId)).toBe(contract.id);
    });

    it("are not written where countersign.yaml does not want them, or writes them itself", async () => {
      const stored = await linked().happened("contract.sent");
      await sync(store, connect({ ownFields: false }), stored);
      expect([valueOf(contractId), valueOf(status)]).toEqual([undefined, undefined]);
      await sync(store, connect({ write: [{ to: contractId, value: "title" }] }), stored);
      await sync(store, connect({ write: [{ to: contractId, value: "title" }] }), stored);
      expect([valueOf(contractId), valueOf(status)]).toEqual(["Lease 2026", "sent"]);
    });

    it("are put back by an undo with the rest", async () => {
      const contract = linked();
      await sync(store, connect(), await contract.happened("contract.sent"));
      const { left } = await undo(store, connect(), { contractId: contract.id });
      expect(left).toEqual([]);
      expect([valueOf(contractId), valueOf(status)]).toEqual([null, null]);
    });
  });

  it("shows at once what it has written to the deal's own amount", async () => {
    const crm = connect({ write: [{ to: fields.ownAmount, value: "amount" }] });
    await sync(store, crm, await linked().happened("contract.sent"));
    expect(await readDeal(store, id, deal)).toMatchObject({ amount: 12_500 });
  });

  it("does not write over an account that a person changed since a reading that is not fresh", async () => {
    const crm = connect(everything);
    const account = fake.relatedOf(deal, "account")?.id ?? "";
    let times = 0;
    const late: typeof crm = {
      ...crm,
      writeDeal(read, values, target) {
        if (target?.on === "account" && (times += 1) === 1) {
          passed += 3_000;
          // Salesforce's condition has whole seconds: a change within the same one passes.
          fake.editRelated(account, fields.account, "Mara's", "Mara");
        }
        return crm.writeDeal(read, values, target);
      },
    };
    await sync(store, late, await linked().happened("contract.sent"));
    expect(accountValue()).toBe("Mara's");
  });

  it("says what an account's rule refuses, and writes it when it is put right", async () => {
    fake.requireOnceClosed(fields.title);
    const contract = linked();
    const stored = await contract.happened("contract.completed");
    await expect(sync(store, connect(), stored)).rejects.toThrow(fields.title);
    expect(stageNow()).not.toBe(stages.completed);
    await sync(store, connect(everything), stored);
    expect(stageNow()).toBe(stages.completed);
    const history = await historyOf(store, { contractId: contract.id });
    expect(history.map(({ outcome }) => outcome)).toEqual([
      "refused",
      "written",
      "written",
      "written",
    ]);
  });

  it("tries a refused write again when it is asked to, once what stood in the way is gone", async () => {
    const contract = linked();
    const stored = await contract.happened("contract.sent");
    fake.setRecordFault(deal, "refused");
    await expect(sync(store, connect(), stored)).rejects.toThrow(PermanentError);
    fake.setRecordFault(deal, null);
    await sync(store, connect(), stored);
    expect(stageNow()).toBe(stages.sent);
    expect(await codesOf(contract.id)).toEqual([counterpart.refusedRecordCode, "done"]);
  });

  describe("history and undo", () => {
    it("tells every value, its rule, its event and how it ended", async () => {
      const contract = linked();
      const before = stageNow();
      await sync(store, connect(), await contract.happened("contract.sent"));
      const [entry, ...others] = await historyOf(store, { recordId: deal });
      expect(others).toEqual([]);
      expect(entry).toMatchObject({
        crm: id,
        contractId: contract.id,
        recordId: deal,
        outcome: "written",
        mapping: "default",
        event: { type: "contract.sent" },
      });
      expect(entry?.changes.slice(0, 2)).toEqual([
        { field: null, before, after: stages.sent, rule: "stage", from: "sent" },
        expect.objectContaining({ before: null, after: "sent", rule: "ours", from: "status" }),
      ]);
    });

    it("puts everything back, once, and does not write it again until the contract says something else", async () => {
      const crm = connect(everything);
      const contract = linked();
      const before = stageNow();
      const stored = await contract.happened("contract.sent");
      await sync(store, crm, stored);
      const preview = await previewUndo(store, crm, { contractId: contract.id });
      expect(preview.restores).toHaveLength(3);
      const undone = await undo(store, crm, { contractId: contract.id });
      expect(undone.left).toEqual([]);
      expect(undone.restored).toHaveLength(3);
      expect(stageNow()).toBe(before);
      expect(accountValue()).toBeNull();
      const writes = fake.journal().length;
      expect(await undo(store, crm, { contractId: contract.id })).toEqual({
        restored: [],
        left: [],
      });
      await sync(store, crm, stored);
      expect(fake.journal()).toHaveLength(writes);
      expect(await codesOf(contract.id)).toEqual(
        expect.arrayContaining(["undone", "moved-back-by-person"]),
      );
      await sync(store, crm, await contract.happened("contract.viewed"));
      expect(stageNow()).toBe(stages.viewed);
      expect(fake.deals().find((one) => one.id === deal)?.contract.status).toBe("viewed");
    });

    it("leaves what somebody has changed since, and puts the rest back", async () => {
      const crm = connect();
      const contract = linked();
      await sync(store, crm, await contract.happened("contract.sent"));
      fake.editAsPerson(deal, { stageId: stages.viewed }, "Mara");
      const { restored, left } = await undo(store, crm, { recordId: deal });
      expect(restored).toHaveLength(1);
      expect(left).toMatchObject([{ field: null, code: "changed-since" }]);
      expect(fake.deals().find((one) => one.id === deal)).toMatchObject({
        stageId: stages.viewed,
        contract: { status: null },
      });
    });
  });

  it("has made only calls, and got only answers, that the vendor's description has", () => {
    expect(prism.violations()).toEqual([]);
    const known = new Set([...counterpart.unjudged, ...counterpart.unjudgedBatches]);
    expect(prism.unjudged().filter((call) => !known.has(call))).toEqual([]);
  });
});
