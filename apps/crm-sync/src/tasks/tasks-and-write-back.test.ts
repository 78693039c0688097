import { createLog } from "@countersign/service";
import { wake } from "@countersign/store";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { counterpart as hubspot } from "../crms/hubspot/counterpart.ts";
import { crmKinds } from "../crms/index.ts";
import { counterpart as salesforce } from "../crms/salesforce/counterpart.ts";
import { createCrmMetrics } from "../metrics.ts";
import { dealsOf, openWriteBackBench, type WriteBackBench } from "../testing/write-back-bench.ts";
import { followWriteBack } from "../write-back/follow-write-back.ts";
import { task as errorsTask } from "./errors/index.ts";
import { task as historyTask } from "./history/index.ts";
import { task as resyncTask } from "./resync/index.ts";
import type { TaskTools } from "./task.ts";
import { task as undoTask } from "./undo/index.ts";

const counterparts = { hubspot, salesforce };
const until = (check: () => void | Promise<void>) =>
  vi.waitFor(check, { timeout: 20_000, interval: 50 });

describe.each(crmKinds.map(({ id }) => id))("deals' ids of %s in contracts", (id) => {
  const { linkField } = counterparts[id];
  const [deal, other] = dealsOf[id];
  const stack = new AsyncDisposableStack();
  let bench: WriteBackBench;
  let tools: TaskTools;

  beforeAll(async () => {
    bench = await openWriteBackBench("docusign", counterparts[id], stack);
    tools = {
      now: () => new Date(),
      store: async () => bench.store,
      crms: () => [bench.crm],
      anyCrms: () => [bench.crm],
      tell: () => undefined,
    };
  });
  afterAll(() => stack.disposeAsync());

  it("stand in the history, by contract and by record, also those that were left", async () => {
    const stored = await bench.sent();
    await bench.tie(stored.contract.id, deal);
    await bench.bring(stored);
    bench.vendor.change(stored.contract.externalId, { [linkField]: "x" });
    await bench.tie(stored.contract.id, other);
    await bench.bring(stored);
    const { text, data } = await historyTask.run({ contract: stored.contract.id }, tools);
    expect(text).toContain(
      `  ${id} wrote the field "${linkField}" of the contract, which names deal ${deal}, for docusign/`,
    );
    expect(text).toContain(`    ${linkField}: (empty) -> "${deal}" (write-back)`);
    expect(text).toMatch(
      /left alone the field .*"x" there, which Countersign did not write.*\(other-value\)/,
    );
    expect(data).toMatchObject({
      entries: [
        {
          crm: id,
          recordId: deal,
          outcome: "written",
          hung: { what: "field", title: linkField },
          changes: [{ field: linkField, before: null, after: deal, rule: "write-back" }],
        },
        { recordId: other, outcome: "left", code: "other-value" },
      ],
    });
    const ofRecord = await historyTask.run({ record: deal }, tools);
    expect(ofRecord.text).toContain(`the field "${linkField}" of the contract`);
  });

  it("are no part of an undo of values", async () => {
    const stored = await bench.sent();
    await bench.tie(stored.contract.id, deal);
    await bench.bring(stored);
    const { text } = await undoTask.run({ contract: stored.contract.id, yes: true }, tools);
    expect(text).toBe("There is nothing to undo.");
    expect(bench.vendor.fieldsOf(stored.contract.externalId)[linkField]).toBe(deal);
  });

  it("are among the errors, with one fix, and are written when a person resyncs", async () => {
    const log = createLog("test", "silent");
    const following = await followWriteBack(bench.ports, {
      log,
      metrics: createCrmMetrics(),
      alert: () => undefined,
    });
    stack.defer(async () => following?.stop());
    bench.vendor.answerWrites({ status: 403, body: "{}" });
    const sent = [await bench.sent(), await bench.sent()];
    const contractIds = sent.map(({ contract }) => contract.id);
    for (const contractId of contractIds) await bench.tie(contractId, deal);
    await wake(bench.store, `${id}-write-back`, contractIds);
    await until(async () => {
      const { data } = await errorsTask.run({ examples: 3 }, tools);
      const crm = `${id}-write-back`;
      expect(data).toMatchObject([{ crm, code: "may-not-write", class: "credential", count: 2 }]);
    });
    bench.vendor.answerWrites(null);
    await resyncTask.run({ "all-failed": true, rate: 10, yes: true }, tools);
    const there = () =>
      sent.map(({ contract }) => bench.vendor.fieldsOf(contract.externalId)[linkField]);
    await until(() => expect(there()).toEqual([deal, deal]));
    await until(async () =>
      expect(await errorsTask.run({ examples: 3 }, tools)).toMatchObject({ is: "done" }),
    );
  });
});
