import { createLog } from "@countersign/service";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { counterpart as hubspot } from "../crms/hubspot/counterpart.ts";
import { crmKinds } from "../crms/index.ts";
import { counterpart as salesforce } from "../crms/salesforce/counterpart.ts";
import { followFiles } from "../files/follow-files.ts";
import { createCrmMetrics } from "../metrics.ts";
import { sync } from "../sync.ts";
import { eachOnce, openFilesBench, title, type FilesBench } from "../testing/files-bench.ts";
import { task as errorsTask } from "./errors/index.ts";
import { task as historyTask } from "./history/index.ts";
import { task as resyncTask } from "./resync/index.ts";
import type { TaskTools } from "./task.ts";
import { task as undoTask } from "./undo/index.ts";

const counterparts = { hubspot, salesforce };
const until = (check: () => void | Promise<void>) =>
  vi.waitFor(check, { timeout: 20_000, interval: 50 });

describe.each(crmKinds.map(({ id }) => id))("files and notes of %s", (id) => {
  const { deal } = counterparts[id];
  const stack = new AsyncDisposableStack();
  let bench: FilesBench;
  let tools: TaskTools;

  beforeAll(async () => {
    bench = await openFilesBench(id, counterparts[id], stack);
    tools = {
      now: bench.now,
      store: async () => bench.store,
      crms: () => [bench.portsWith().crm],
      anyCrms: () => [bench.portsWith().crm],
      tell: () => undefined,
    };
  });
  beforeEach(() => bench.reset());
  afterAll(() => stack.disposeAsync());

  it("stand in the history, by contract and by record", async () => {
    const stored = await bench.completed();
    await sync(bench.store, bench.portsWith().crm, stored);
    await bench.bring(stored);
    const { text, data } = await historyTask.run({ contract: stored.contract.id }, tools);
    const signed = JSON.stringify(`${title} (signed)`);
    expect(text).toContain(`  ${id} wrote the file ${signed} on deal ${deal} for docusign/`);
    expect(text).toContain(`  ${id} wrote the note "Contract sent: `);
    expect(data).toMatchObject({
      entries: [
        { crm: id, hung: null, changes: expect.arrayContaining([expect.anything()]) },
        { crm: id, hung: { what: "note" }, changes: [] },
        { hung: { what: "note" } },
        { hung: { what: "file", sha256: bench.attached().files[0]?.sha256 } },
        { hung: { what: "file" }, recordId: deal, outcome: "written" },
      ],
    });
    const ofRecord = await historyTask.run({ record: deal }, tools);
    expect(ofRecord.text).toContain(`the file ${signed} on deal ${deal}`);
  });

  it("stay where they are in an undo, which says so", async () => {
    const stored = await bench.completed();
    await sync(bench.store, bench.portsWith().crm, stored);
    await bench.bring(stored);
    const about = { contract: stored.contract.id };
    const shown = await undoTask.run({ ...about, yes: false }, tools);
    expect(shown.text).toContain("Files (2) and notes (2) stay");
    const done = await undoTask.run({ ...about, yes: true }, tools);
    expect(done).toMatchObject({ is: "done", data: { done: true, stays: { files: 2, notes: 2 } } });
    expect(bench.hung()).toEqual(eachOnce);
    const since = new Date(bench.now().getTime() + 1_000);
    const later = await undoTask.run({ ...about, since, yes: false }, tools);
    expect(later.text).toBe("There is nothing to undo.");
  });

  it("are among the errors, and are brought when a person resyncs", async () => {
    const { crm, sources, store } = bench.portsWith();
    const log = createLog("test", "silent");
    const metrics = createCrmMetrics();
    const following = await followFiles(store, crm, sources, { log, metrics, alert: () => {} });
    stack.defer(async () => following?.stop());
    bench.vendor.answerAll({ status: 404, body: "" });
    const stored = await bench.completed();
    await until(async () => {
      const { data } = await errorsTask.run({ examples: 3 }, tools);
      expect(data).toMatchObject([{ crm: `${id}-files`, code: "file-missing", count: 1 }]);
    });
    bench.vendor.answerAll(null);
    const selected = { contract: stored.contract.id, "all-failed": false, rate: 10 };
    const proposed = await resyncTask.run({ ...selected, yes: false }, tools);
    expect(proposed.text).toContain("1 contract would be looked at again");
    await resyncTask.run({ ...selected, yes: true }, tools);
    await until(() => expect(bench.hung()).toEqual(eachOnce));
    await until(async () =>
      expect(await errorsTask.run({ examples: 3 }, tools)).toMatchObject({ is: "done" }),
    );
  });
});
