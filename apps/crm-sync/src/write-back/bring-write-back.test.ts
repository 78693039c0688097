import { PermanentError, RetryLater, tryAgain, type FaultPoint } from "@countersign/store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { counterpart as hubspot } from "../crms/hubspot/counterpart.ts";
import { counterpart as salesforce } from "../crms/salesforce/counterpart.ts";
import { dealsOf, openWriteBackBench, type WriteBackBench } from "../testing/write-back-bench.ts";
import { isToWriteBack } from "./bring-write-back.ts";

const cases = ["docusign", "pandadoc", "documenso", "docuseal"].flatMap((provider) =>
  [hubspot, salesforce].map((counterpart) => ({ provider, counterpart })),
);

describe.each(cases)("$provider and $counterpart.linkField", ({ provider, counterpart }) => {
  const { linkField } = counterpart;
  const stack = new AsyncDisposableStack();
  let bench: WriteBackBench;
  let deal: string;
  let other: string;

  beforeAll(async () => {
    bench = await openWriteBackBench(provider, counterpart, stack);
    [deal, other] = dealsOf[bench.crm.id];
  });
  afterAll(() => stack.disposeAsync());

  const there = (externalId: string) => bench.vendor.fieldsOf(externalId)[linkField] ?? null;

  it("writes the deal that a person chose into the contract, once, beside what it has", async () => {
    const stored = await bench.sent({ region: "north" });
    const { id, externalId } = stored.contract;
    expect(await bench.bring(stored)).toBe("not-called");
    await bench.tie(id, deal);
    expect(await isToWriteBack(bench.ports, stored.contract)).toBe(true);
    const before = bench.vendor.writes().length;
    expect(await bench.bring(stored)).toBe("called");
    expect(bench.vendor.fieldsOf(externalId)).toMatchObject({ region: "north", [linkField]: deal });
    expect(await isToWriteBack(bench.ports, stored.contract)).toBe(false);
    expect(await bench.bring(stored)).toBe("not-called");
    expect(bench.vendor.writes()).toHaveLength(before + 1);
    const values = (value: string | null) => ({ stage: null, fields: { [linkField]: value } });
    expect(await bench.effectsOf(stored)).toMatchObject([
      {
        kind: "field.write",
        status: "done",
        target: deal,
        before: values(null),
        after: values(deal),
      },
    ]);
  });

  it("changes its own word when the tie changes, and takes it back when the tie is taken away", async () => {
    const stored = await bench.sent();
    const { id, externalId } = stored.contract;
    await bench.tie(id, deal, "rule");
    await bench.bring(stored);
    await bench.tie(id, other);
    await bench.bring(stored);
    expect(there(externalId)).toBe(other);
    await bench.untie(id);
    await bench.bring(stored);
    expect(there(externalId)).toBeNull();
    await bench.tie(id, other);
    await bench.bring(stored);
    expect(there(externalId)).toBe(other);
    expect((await bench.effectsOf(stored)).map(({ status }) => status)).toEqual(
      Array.from({ length: 4 }, () => "done"),
    );
  });

  it("leaves what a person put there, says so once, and looks again when they say something else", async () => {
    const stored = await bench.sent({ [linkField]: other });
    const { id, externalId } = stored.contract;
    await bench.tie(id, deal);
    const before = bench.vendor.writes().length;
    await bench.bring(stored);
    expect(await bench.bring(stored)).toBe("not-called");
    expect(there(externalId)).toBe(other);
    expect(await bench.effectsOf(stored)).toMatchObject([
      { status: "skipped", code: "other-value", message: expect.stringContaining(other) },
    ]);
    expect(bench.vendor.writes()).toHaveLength(before);
    bench.vendor.change(externalId, {});
    bench.wait(60);
    const news = await bench.happened(externalId, "contract.viewed", { fields: {} });
    await bench.bring(news);
    expect(there(externalId)).toBe(deal);
  });

  it("takes nothing away that a person has put in the place of its own", async () => {
    const stored = await bench.sent();
    const { id, externalId } = stored.contract;
    await bench.tie(id, deal);
    await bench.bring(stored);
    bench.vendor.change(externalId, { [linkField]: other });
    await bench.untie(id);
    await bench.bring(stored);
    expect(there(externalId)).toBe(other);
    expect((await bench.effectsOf(stored)).at(-1)).toMatchObject({ code: "other-value" });
  });

  it("writes nothing where the contract names the deal itself, or has it there already", async () => {
    const named = await bench.sent({ [linkField]: deal });
    await bench.tie(named.contract.id, deal, "custom-field");
    const known = await bench.sent({ [linkField]: deal });
    await bench.tie(known.contract.id, deal);
    const unheard = await bench.sent();
    bench.vendor.change(unheard.contract.externalId, { [linkField]: deal });
    await bench.tie(unheard.contract.id, deal);
    const [calls, writes] = [bench.calls.length, bench.vendor.writes().length];
    expect(await bench.bring(named)).toBe("not-called");
    expect(await bench.bring(known)).toBe("not-called");
    expect(bench.calls).toHaveLength(calls);
    await bench.bring(unheard);
    expect((await bench.effectsOf(unheard)).map(({ code }) => code)).toEqual(["already-there"]);
    expect(bench.vendor.writes()).toHaveLength(writes);
  });

  it.each<FaultPoint>(["planned", "called", "settled"])(
    "asks what came of a write where it dies at %s, and writes once",
    async (point) => {
      const stored = await bench.sent();
      const { id, externalId } = stored.contract;
      await bench.tie(id, deal);
      const before = bench.vendor.writes().length;
      bench.dieAt(point);
      await expect(bench.bring(stored)).rejects.toThrow(`Died at ${point}`);
      await bench.bringUntilDone(stored);
      expect(there(externalId)).toBe(deal);
      expect(bench.vendor.writes()).toHaveLength(before + 1);
      expect((await bench.effectsOf(stored)).map(({ status }) => status)).toEqual(["done"]);
    },
  );

  it("asks only when a late call must have arrived, and believes what it then sees", async () => {
    const stored = await bench.sent();
    const { id, externalId } = stored.contract;
    await bench.tie(id, deal);
    bench.vendor.loseAnswers(() => true);
    await expect(bench.bring(stored)).rejects.toThrow("The answer was lost.");
    bench.vendor.loseAnswers(() => false);
    const calls = bench.calls.length;
    await expect(bench.bring(stored)).rejects.toThrow(RetryLater);
    expect(bench.calls).toHaveLength(calls);
    await bench.bringUntilDone(stored);
    expect(bench.calls.slice(calls)).toEqual([`${provider} read ok`]);
    expect(there(externalId)).toBe(deal);
  });

  it("leaves what a person wrote while nobody knew how the write ended", async () => {
    const stored = await bench.sent();
    const { id, externalId } = stored.contract;
    await bench.tie(id, deal);
    bench.dieAt("called");
    await expect(bench.bring(stored)).rejects.toThrow("Died");
    bench.vendor.change(externalId, { [linkField]: other });
    await bench.bringUntilDone(stored);
    expect(there(externalId)).toBe(other);
    const ends = (await bench.effectsOf(stored)).map(({ status, code }) => [status, code]);
    expect(ends).toEqual([["skipped", "other-value"]]);
  });

  it("ends in doubt no more where the contract is gone", async () => {
    const stored = await bench.sent();
    await bench.tie(stored.contract.id, deal);
    bench.dieAt("called");
    await expect(bench.bring(stored)).rejects.toThrow("Died");
    bench.vendor.answerAll({ status: 404, body: "{}" });
    bench.wait(61);
    await expect(bench.bring(stored)).rejects.toThrow(PermanentError);
    bench.vendor.answerAll(null);
    const ends = (await bench.effectsOf(stored)).map(({ status, code }) => [status, code]);
    expect(ends).toEqual([["failed", "contract-missing"]]);
  });

  it("says why a contract that is gone cannot be written, once, until it is tried again", async () => {
    const stored = await bench.happened(`gone-${linkField}`, "contract.sent");
    await bench.tie(stored.contract.id, deal);
    await expect(bench.bring(stored)).rejects.toThrow(PermanentError);
    expect(await bench.bring(stored)).toBe("not-called");
    expect(await bench.effectsOf(stored)).toMatchObject([
      { status: "failed", code: "contract-missing", target: deal },
    ]);
    bench.vendor.send(stored.contract.externalId);
    await tryAgain(bench.store, `${bench.crm.id}-write-back`, [stored.contract.id]);
    await bench.bring(stored);
    expect(there(stored.contract.externalId)).toBe(deal);
  });

  it("says once that the credentials may not write, and goes on when they may", async () => {
    const stored = await bench.sent();
    const { id, externalId } = stored.contract;
    await bench.tie(id, deal);
    bench.vendor.answerWrites({ status: 403, body: "{}" });
    await expect(bench.bring(stored)).rejects.toThrow(PermanentError);
    const calls = bench.calls.length;
    expect(await bench.bring(stored)).toBe("not-called");
    expect(bench.calls).toHaveLength(calls);
    expect(await bench.effectsOf(stored)).toMatchObject([
      { status: "failed", code: "may-not-write", message: expect.stringContaining(provider) },
    ]);
    bench.vendor.answerWrites(null);
    await tryAgain(bench.store, `${bench.crm.id}-write-back`, [id]);
    await bench.bring(stored);
    expect(there(externalId)).toBe(deal);
  });

  it("waits where the credentials are refused between reading and writing", async () => {
    const stored = await bench.sent();
    const { id, externalId } = stored.contract;
    await bench.tie(id, deal);
    bench.vendor.answerWrites({ status: 401, body: "{}" });
    bench.onWrite(() => bench.vendor.answerAll({ status: 401, body: "{}" }));
    await expect(bench.bring(stored)).rejects.toThrow(RetryLater);
    bench.onWrite(null);
    bench.vendor.answerWrites(null);
    bench.vendor.answerAll(null);
    await bench.bringUntilDone(stored);
    expect(there(externalId)).toBe(deal);
    expect((await bench.effectsOf(stored)).map(({ status }) => status)).toEqual(["done"]);
  });

  it("goes on where a change has got half way", async () => {
    const stored = await bench.sent();
    const { id, externalId } = stored.contract;
    await bench.tie(id, deal);
    await bench.bring(stored);
    await bench.tie(id, other);
    let lost = false;
    bench.vendor.loseAnswers(() => !lost && (lost = true));
    await expect(bench.bring(stored)).rejects.toThrow("The answer was lost.");
    bench.vendor.loseAnswers(() => false);
    await bench.bringUntilDone(stored);
    expect(there(externalId)).toBe(other);
  });

  it("writes into what has ended where the provider allows it, and else says why not", async () => {
    const stored = await bench.sent();
    const { id, externalId } = stored.contract;
    bench.wait(60);
    const voided = await bench.happened(externalId, "contract.voided");
    await bench.tie(id, deal);
    await bench.bring(voided);
    const isOpen = bench.ports.fields.can(provider) === "change";
    expect(there(externalId)).toBe(isOpen ? deal : null);
    const [effect] = await bench.effectsOf(stored);
    expect(effect).toMatchObject(isOpen ? { status: "done" } : { code: "ended" });
    expect(await bench.bring(voided)).toBe("not-called");
  });

  it.each([
    ["refuses the credentials", { status: 401, body: "{}" }, "unauthorized"],
    ["has had too many calls", { status: 429, body: "{}" }, "later"],
  ])("comes back where the provider %s, and has planned nothing", async (_what, answer, result) => {
    const stored = await bench.sent();
    await bench.tie(stored.contract.id, deal);
    bench.vendor.answerAll(answer);
    await expect(bench.bring(stored)).rejects.toThrow(RetryLater);
    expect(bench.calls.at(-1)).toBe(`${provider} read ${result}`);
    bench.vendor.answerAll(null);
    expect(await bench.effectsOf(stored)).toEqual([]);
    await bench.bringUntilDone(stored);
    expect(there(stored.contract.externalId)).toBe(deal);
  });
});

describe("apart from that", () => {
  const stack = new AsyncDisposableStack();
  afterAll(() => stack.disposeAsync());

  it("a place that holds something else stays as it is", async () => {
    const bench = await openWriteBackBench("documenso", hubspot, stack);
    const stored = await bench.sent({ external_id: "order 4711" });
    await bench.tie(stored.contract.id, "1003");
    await bench.bring(stored);
    expect(bench.vendor.fieldsOf(stored.contract.externalId)).toEqual({
      external_id: "order 4711",
    });
    expect(await bench.effectsOf(stored)).toMatchObject([
      { status: "skipped", code: "no-place", message: expect.stringContaining("order 4711") },
    ]);
  });

  it("the short form of an id names the same deal", async () => {
    const bench = await openWriteBackBench("docusign", salesforce, stack);
    const [deal] = dealsOf.salesforce;
    const stored = await bench.sent();
    bench.vendor.change(stored.contract.externalId, { [salesforce.linkField]: deal.slice(0, 15) });
    await bench.tie(stored.contract.id, deal);
    await bench.bring(stored);
    expect(await bench.effectsOf(stored)).toMatchObject([{ code: "already-there" }]);
  });

  it.each(["dropbox-sign", "adobe-sign", "ziasign"])("%s is asked nothing", async (provider) => {
    const bench = await openWriteBackBench(provider, hubspot, stack);
    const stored = await bench.happened("c", "contract.sent");
    await bench.tie(stored.contract.id, "1003");
    expect(await bench.bring(stored)).toBe("not-called");
    expect(await isToWriteBack(bench.ports, stored.contract)).toBe(false);
    expect(bench.ports.fields.canAny()).toBe(false);
    expect(bench.calls).toEqual([]);
  });
});
