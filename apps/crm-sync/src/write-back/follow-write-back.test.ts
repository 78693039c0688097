import { createLog } from "@countersign/service";
import { readEffects, readLinks, wake } from "@countersign/store";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { counterpart as hubspot } from "../crms/hubspot/counterpart.ts";
import { crmKinds } from "../crms/index.ts";
import { counterpart as salesforce } from "../crms/salesforce/counterpart.ts";
import { followCrm } from "../follow-crm.ts";
import { createCrmMetrics } from "../metrics.ts";
import type { CrmFake } from "../testing/counterpart.ts";
import { noFields } from "../testing/no-fields.ts";
import { serveFake } from "../testing/serve-fake.ts";
import { openWriteBackBench, type WriteBackBench } from "../testing/write-back-bench.ts";
import { followWriteBack } from "./follow-write-back.ts";

const counterparts = { hubspot, salesforce };
const provider = "pandadoc";
const until = (check: () => void | Promise<void>) =>
  vi.waitFor(check, { timeout: 20_000, interval: 50 });

describe.each(crmKinds.map(({ id }) => id))("%s, as the app follows it", (id) => {
  const counterpart = counterparts[id];
  const { linkField, deal, stages } = counterpart;
  let stack: AsyncDisposableStack;
  let fake: CrmFake;
  let bench: WriteBackBench;

  beforeEach(async () => {
    stack = new AsyncDisposableStack();
    fake = counterpart.createFake(() => new Date());
    const url = await serveFake(fake, stack);
    bench = await openWriteBackBench(
      provider,
      { connect: (_nowhere, tools) => counterpart.connect(url, tools) },
      stack,
    );
    const tools = {
      log: createLog("test", "silent"),
      metrics,
      alert: (queue: string) => alerts.push(queue),
    };
    const deals = await followCrm(bench.store, bench.crm, { ...tools, fields: bench.ports.fields });
    const names = await followWriteBack(bench.ports, tools);
    stack.defer(async () => {
      await Promise.all([deals.stop(), names?.stop()]);
    });
  });
  afterEach(() => stack.disposeAsync());

  const metrics = createCrmMetrics();
  const alerts: string[] = [];
  const there = (externalId: string) => bench.vendor.fieldsOf(externalId)[linkField];
  const stageOf = () => fake.deals().find((one) => one.id === deal)?.stageId;
  const choose = async (contractId: string) => {
    await bench.tie(contractId, deal);
    await wake(bench.store, id, [contractId]);
  };

  it("names the deal that a person chose, and stays with it when the contract says so itself", async () => {
    const { contract } = await bench.sent();
    await until(async () =>
      expect(await readEffects(bench.store, contract.id, id)).toMatchObject([{ code: "no-link" }]),
    );
    await choose(contract.id);
    await until(() => expect(there(contract.externalId)).toBe(deal));
    const written = [expect.stringContaining("linked-objects")];
    await until(() => expect(bench.vendor.writes()).toEqual(written));
    bench.wait(60);
    await bench.happened(contract.externalId, "contract.completed", {
      fields: { [linkField]: deal },
    });
    await until(() => expect(stageOf()).toBe(stages.completed));
    expect(await readLinks(bench.store, contract.id)).toMatchObject([
      { destination: id, recordId: deal, foundBy: "person" },
    ]);
    expect(bench.vendor.writes()).toEqual(written);
  });

  it("keeps the deal true while the provider is down, and names it when it is back", async () => {
    const { contract } = await bench.sent();
    bench.vendor.answerAll({ status: 401, body: "{}" });
    await choose(contract.id);
    await until(() => expect(stageOf()).toBe(stages.sent));
    await until(() => expect(bench.calls).toContain(`${provider} read unauthorized`));
    bench.wait(60);
    await bench.happened(contract.externalId, "contract.completed");
    await until(() => expect(stageOf()).toBe(stages.completed));
    expect(alerts).toEqual([]);
    expect(there(contract.externalId)).toBeUndefined();
    bench.vendor.answerAll(null);
    bench.wait(301);
    await choose(contract.id);
    await until(() => expect(there(contract.externalId)).toBe(deal));
  });

  it("is not tied again by its own word when a person takes the tie away", async () => {
    const { contract } = await bench.sent();
    const [other = ""] = fake.addDeals(1);
    await choose(contract.id);
    await until(() => expect(there(contract.externalId)).toBe(deal));
    bench.wait(60);
    const fields = { [linkField]: deal };
    await bench.happened(contract.externalId, "contract.viewed", { fields });
    await bench.tie(contract.id, other);
    await wake(bench.store, id, [contract.id]);
    await until(() => expect(there(contract.externalId)).toBe(other));
    await bench.untie(contract.id);
    await wake(bench.store, id, [contract.id]);
    await until(() => expect(there(contract.externalId)).toBeUndefined());
    expect(await readLinks(bench.store, contract.id)).toEqual([]);
    await until(async () => {
      const [last] = (await readEffects(bench.store, contract.id, id)).slice(-1);
      expect(last).toMatchObject({ code: "unlinked-by-person" });
    });
  });

  it("asks nobody about a contract that names its deal itself", async () => {
    const { contract } = await bench.sent({ [linkField]: deal });
    await until(() => expect(stageOf()).toBe(stages.sent));
    await until(async () =>
      expect(await readLinks(bench.store, contract.id)).toMatchObject([{ recordId: deal }]),
    );
    expect(bench.calls).toEqual([]);
  });

  it("follows nothing where it is not wanted, or no source can be written", async () => {
    const tools = { log: createLog("test", "silent"), metrics, alert: () => undefined };
    const { crm } = bench;
    const unwanted = { ...crm, wants: { ...crm.wants, writeBack: false } };
    expect(await followWriteBack({ ...bench.ports, crm: unwanted }, tools)).toBeNull();
    expect(await followWriteBack({ ...bench.ports, fields: noFields }, tools)).toBeNull();
  });
});
