import { PermanentError, readEffects, RetryLater } from "@countersign/store";
import { openTestStore } from "@countersign/store/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sync } from "../sync.ts";
import { aContract } from "../testing/contracts.ts";
import type { Counterpart, Prism } from "../testing/counterpart.ts";
import { forgetDeals } from "../testing/forget-deals.ts";
import { serveFake } from "../testing/serve-fake.ts";
import type { Crm } from "./crm.ts";
import { counterpart as hubspot } from "./hubspot/counterpart.ts";
import { crmKinds } from "./index.ts";
import { counterpart as salesforce } from "./salesforce/counterpart.ts";

const counterparts: Record<Crm["id"], Counterpart> = { hubspot, salesforce };

describe.each(crmKinds.map(({ id }) => id))("%s, many deals at once", (id) => {
  const counterpart = counterparts[id];
  const { stages, linkField, largestBatch } = counterpart;
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
  let crm: Crm;

  beforeAll(async () => {
    store = stack.use(await openTestStore());
    prism = stack.use(await counterpart.judge(await serveFake(fake, stack)));
  }, 60_000);
  beforeEach(async () => {
    await forgetDeals(store);
    fake.reset();
    passed = 0;
    crm = counterpart.connect(prism.url, tools);
  });
  afterAll(() => stack.disposeAsync());

  /** A sent contract for each of the deals. */
  const contractsOf = (deals: string[]) =>
    Promise.all(
      deals.map((deal) =>
        aContract(store, { fields: { [linkField]: deal } }).happened("contract.sent"),
      ),
    );
  type Stored = Awaited<ReturnType<typeof contractsOf>>[number];
  /** How each ended: what was returned or thrown. */
  const syncAll = (contracts: Stored[], by = crm) =>
    Promise.all(
      contracts.map((stored) => sync(store, by, stored).catch((error: unknown) => error)),
    );
  /** Reads the deals; then writes all of them in one call, as often as asked, and tells how each ended. */
  async function readyToWrite(deals: string[]) {
    const values = { stage: stages.sent, fields: {} };
    const found = await Promise.all(deals.map((deal) => crm.readDeal(deal)));
    const all = found.filter((deal) => deal !== null);
    return () =>
      Promise.all(all.map((deal) => crm.writeDeal(deal, values).catch((error: unknown) => error)));
  }
  const effectsOf = async ({ contract }: Stored) =>
    (await readEffects(store, contract.id, id)).map(({ status, code }) => code ?? status);
  const written = () =>
    fake
      .journal()
      .filter(({ by }) => by === "api")
      .map(({ recordId }) => recordId)
      .toSorted();
  const callsOf = (kind: "read" | "write") =>
    fake.calls().filter((call) => call.kind === kind && !/pipelines|companies/.test(call.path));
  const stageOf = (deal: string) => fake.deals().find((one) => one.id === deal)?.stageId;

  it("reads and writes them in the fewest calls, each once", async () => {
    const deals = fake.addDeals(400);
    const contracts = await contractsOf(deals);
    await crm.readDeal(counterpart.deal);
    const before = callsOf("read").length;
    expect(await syncAll(contracts)).toEqual(contracts.map(() => "called"));
    expect(written()).toEqual(deals);
    expect(callsOf("read").length - before).toBe(400 / largestBatch);
    expect(callsOf("write")).toHaveLength(400 / largestBatch);
  });

  it("one that the CRM refuses fails alone, with the reason", async () => {
    const [bad = "", ...others] = fake.addDeals(20);
    fake.setRecordFault(bad, "refused");
    const [first, ...rest] = await contractsOf([bad, ...others]);
    if (first === undefined) throw new Error("No contract was made.");
    const [end, ...ends] = await syncAll([first, ...rest]);
    expect(end).toBeInstanceOf(PermanentError);
    expect(await effectsOf(first)).toEqual([counterpart.refusedRecordCode]);
    expect(ends).toEqual(others.map(() => "called"));
    expect(written()).toEqual(others);
  });

  it("one that is missing, and one that is deleted before the write, fail alone", async () => {
    const [deleted = "", ...others] = fake.addDeals(5);
    const contracts = await contractsOf([counterpart.missingDeal, deleted, ...others]);
    const late: Crm = {
      ...crm,
      writeDeal(deal, values) {
        fake.deleteAsPerson(deleted);
        return crm.writeDeal(deal, values);
      },
    };
    const [missing, gone, ...ends] = await syncAll(contracts, late);
    expect(missing).toMatchObject({ code: "deal-not-found" });
    expect(gone).toBeInstanceOf(PermanentError);
    expect(ends).toEqual(others.map(() => "called"));
    expect(written()).toEqual(others);
  });

  it("a locked one holds up no other, and is written when it is free", async () => {
    const [locked = "", ...others] = fake.addDeals(5);
    fake.setRecordFault(locked, "locked");
    const contracts = await contractsOf([locked, ...others]);
    const [end, ...ends] = await syncAll(contracts);
    expect(end).toBeInstanceOf(RetryLater);
    expect(ends).toEqual(others.map(() => "called"));
    expect(written()).toEqual(others);
    fake.setRecordFault(locked, null);
    expect(await syncAll(contracts)).toEqual(contracts.map(() => "called"));
    expect(written()).toEqual([locked, ...others]);
  });

  it("a whole call that is refused for one of them goes again in halves", async () => {
    const deals = fake.addDeals(4);
    const { status, body } = counterpart.refusal;
    const write = await readyToWrite(deals);
    fake.setFault({ kind: "answer", status, body, on: "write" });
    expect(await write()).toEqual(deals.map(() => "written"));
    expect(callsOf("write")).toHaveLength(3);
  });

  it("a call that the CRM has too many of is everybody's, and not made again at once", async () => {
    const deals = fake.addDeals(4);
    const write = await readyToWrite(deals);
    fake.setFault({ kind: "rate-limited", on: "write" });
    expect(await write()).toEqual(deals.map(() => expect.any(RetryLater)));
    expect(await write()).toEqual(deals.map(() => "written"));
    expect(callsOf("write")).toHaveLength(2);
  });

  it("does not write over what a person did since a reading that is not fresh", async () => {
    const [edited = "", ...others] = fake.addDeals(5);
    const contracts = await contractsOf([edited, ...others]);
    const late: Crm = {
      ...crm,
      writeDeal(deal, values) {
        if (passed === 0) fake.editAsPerson(edited, { stageId: stages.lost }, "Mara");
        passed += 3_000;
        return crm.writeDeal(deal, values);
      },
    };
    expect(await syncAll(contracts, late)).toEqual(contracts.map(() => "called"));
    expect(stageOf(edited)).toBe(stages.lost);
    expect(others.map(stageOf)).toEqual(others.map(() => stages.sent));
  });

  it("makes the first of two writes of one deal only", async () => {
    const [one = "", two = ""] = fake.addDeals(2);
    const write = await readyToWrite([one, one, two]);
    expect(await write()).toEqual(["written", "changed-meanwhile", "written"]);
    expect(written()).toEqual([one, two]);
  });

  it("finds out by reading that a call without an answer wrote all of them", async () => {
    const deals = fake.addDeals(5);
    const contracts = await contractsOf(deals);
    fake.setFault({ kind: "drop-after-applying", on: "write" });
    expect(await syncAll(contracts)).toContainEqual(expect.any(Error));
    expect(await syncAll(contracts)).toEqual(contracts.map(() => "called"));
    expect(written()).toEqual(deals);
  });

  it("has made only calls, and got only answers, that the vendor's description has", () => {
    expect(prism.violations()).toEqual([]);
    const known = new Set([...counterpart.unjudged, ...counterpart.unjudgedBatches]);
    expect(prism.unjudged().filter((call) => !known.has(call))).toEqual([]);
  });
});
