import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEffects, type Store } from "@countersign/store";
import { openTestStore } from "@countersign/store/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { counterpart as hubspot } from "../crms/hubspot/counterpart.ts";
import { counterpart as salesforce } from "../crms/salesforce/counterpart.ts";
import { sync } from "../sync.ts";
import { aContract } from "../testing/contracts.ts";
import { forgetDeals } from "../testing/forget-deals.ts";
import { serveFake } from "../testing/serve-fake.ts";
import { task as applyTask } from "./apply/index.ts";
import { task as historyTask } from "./history/index.ts";
import { task as rehearseTask } from "./rehearse/index.ts";
import type { TaskTools } from "./task.ts";
import { task as undoTask } from "./undo/index.ts";

const folder = mkdtempSync(join(tmpdir(), "countersign-tasks-"));
afterAll(() => rmSync(folder, { recursive: true }));
const now = () => new Date();

describe.each([
  ["hubspot", hubspot],
  ["salesforce", salesforce],
] as const)("%s", (id, counterpart) => {
  const { deal, stages, linkField, fields } = counterpart;
  const stack = new AsyncDisposableStack();
  const fake = counterpart.createFake(() => new Date());
  const out = join(folder, id);
  /** What each countersign.yaml of these tests says beside the usual. */
  const files: Record<string, object> = {
    present: {},
    changed: {
      fields: {},
      write: [
        { to: fields.title, value: "title" },
        { to: fields.account, value: "title", on: "account", rule: "fill-blank" },
      ],
    },
  };
  let inForce = "present";
  let store: Store;
  let tools: TaskTools;

  beforeAll(async () => {
    store = stack.use(await openTestStore());
    const url = await serveFake(fake, stack);
    const crmTools = { now, timeout: 5_000, onCall: () => undefined };
    const crms = (file = inForce) => [counterpart.connect(url, crmTools, files[file])];
    const anyCrms = (file = inForce) => (file === "none" ? [] : crms(file));
    tools = { now, store: async () => store, crms, anyCrms, tell: () => undefined };
  });
  beforeEach(async () => {
    await forgetDeals(store);
    await store.database.query("truncate contracts cascade");
    fake.reset();
    inForce = "present";
  });
  afterAll(() => stack.disposeAsync());

  const follow = async (contract: ReturnType<typeof aContract>, type: "contract.sent") => {
    const stored = await contract.happened(type);
    for (const crm of tools.crms()) await sync(store, crm, stored);
  };
  const linked = (recordId = deal) =>
    aContract(store, { title: "Lease <2026>", fields: { [linkField]: recordId } });
  const rehearse = async () => {
    const rehearsed = await rehearseTask.run({ config: "changed", since: "1d" }, tools);
    writeFileSync(`${out}.json`, JSON.stringify(rehearsed.data));
    return rehearsed;
  };
  const apply = (yes = true) => applyTask.run({ plan: `${out}.json`, yes }, tools);
  const accountNow = () => fake.relatedOf(deal, "account")?.fields[fields.account] ?? null;

  it("rehearses what a changed countersign.yaml would write, and touches nothing", async () => {
    const contract = linked();
    await follow(contract, "contract.sent");
    const writes = fake.journal().length;
    const effects = await readEffects(store, contract.id, id);
    const { is, text, data, page } = await rehearse();
    expect(is).toBe("findings");
    expect(text).toContain(`${contract.id}: would write deal ${deal}, ${fields.title}: (empty)`);
    expect(data).toMatchObject({
      format: 1,
      crms: [
        {
          crm: id,
          contracts: 1,
          deals: 1,
          writes: [
            {
              contractId: contract.id,
              target: { on: "deal", recordId: deal },
              values: { stage: null, fields: { [fields.title]: "Lease <2026>" } },
              replaced: { fields: { [fields.title]: null } },
              because: { fields: { [fields.title]: { rule: "ours", from: "title" } } },
            },
            {
              target: { on: "account" },
              because: { fields: { [fields.account]: { rule: "fill-blank" } } },
            },
          ],
          without: [],
        },
      ],
    });
    expect(page).toContain("<ins>Lease &lt;2026&gt;</ins>");
    expect(page).not.toContain("Lease <2026>");
    expect(page).not.toMatch(/<(script|link)|https?:/);
    expect(fake.journal()).toHaveLength(writes);
    expect(await readEffects(store, contract.id, id)).toEqual(effects);
  });

  it("finds nothing in the same countersign.yaml, and what only the present one would write", async () => {
    const contract = linked();
    await follow(contract, "contract.sent");
    const same = await rehearseTask.run({ config: "present", since: "1d" }, tools);
    expect(same).toMatchObject({ is: "done", data: { crms: [{ writes: [], without: [] }] } });
    const none = await rehearseTask.run({ config: "none", since: "1d" }, tools);
    expect(none).toMatchObject({ is: "done", text: "", data: { crms: [] } });
    fake.editAsPerson(deal, { contractStatus: "hello" }, "Mara");
    expect((await rehearse()).data).toMatchObject({
      crms: [{ without: [{ target: { recordId: deal }, values: { stage: null } }] }],
    });
  });

  it("applies exactly that, through the ledger, and once", async () => {
    const contract = linked();
    await follow(contract, "contract.sent");
    await rehearse();
    inForce = "changed";
    expect(await apply(false)).toMatchObject({ is: "done", data: { records: 2 } });
    expect(accountNow()).toBeNull();
    expect(await apply()).toMatchObject({ is: "done", data: { written: 2, refused: [] } });
    expect(accountNow()).toBe("Lease <2026>");
    const writes = fake.journal().length;
    expect(await apply()).toMatchObject({ is: "done", data: { written: 0, there: 2 } });
    expect(fake.journal()).toHaveLength(writes);
    const { data } = await historyTask.run({ contract: contract.id }, tools);
    expect(data).toMatchObject({
      entries: [
        { outcome: "written" },
        { outcome: "written" },
        { outcome: "written", on: "account" },
      ],
    });
  });

  it("refuses, record by record, what has changed since the rehearsal", async () => {
    const [one = "", two = ""] = fake.addDeals(2);
    const [first, second] = [linked(one), linked(two)];
    await follow(first, "contract.sent");
    await follow(second, "contract.sent");
    await rehearse();
    inForce = "changed";
    const account = fake.relatedOf(one, "account")?.id ?? "";
    fake.editRelated(account, fields.account, "Mara's", "Mara");
    await second.happened("contract.completed");
    const { is, text, data } = await apply();
    expect(is).toBe("findings");
    expect(data).toMatchObject({ written: 1 });
    expect(text).toContain("1 records written, 0 were so already, 3 refused.");
    expect(text).toContain("A value that would be replaced has changed since the rehearsal.");
    expect(text).toContain("The contract has changed since the rehearsal.");
    const skips = await readEffects(store, second.id, id);
    expect(skips.filter(({ code }) => code === "changed-since-rehearsal")).toHaveLength(2);
  });

  it("applies nothing while another countersign.yaml is in force", async () => {
    await follow(linked(), "contract.sent");
    await rehearse();
    expect(await apply()).toMatchObject({ is: "refused", data: { code: "another-config" } });
    const missing = await applyTask.run({ plan: join(folder, "nothing.json"), yes: true }, tools);
    expect(missing).toMatchObject({ is: "refused", data: { code: "plan" } });
  });

  it("tells the history of a deal, and undoes it when it is told to", async () => {
    const contract = linked();
    await follow(contract, "contract.sent");
    const history = await historyTask.run({ record: deal }, tools);
    expect(history.text).toContain(
      `${id} wrote deal ${deal} for ${contract.id} after contract.sent of `,
    );
    expect(history.text).toContain(`-> "${stages.sent}" (sent, stage)`);
    const shown = await undoTask.run({ contract: contract.id, yes: false }, tools);
    expect(shown.text).toMatch(/would put back: deal .+\n.*add --yes/s);
    expect(fake.deals().find((one) => one.id === deal)?.stageId).toBe(stages.sent);
    expect(await undoTask.run({ contract: contract.id, yes: true }, tools)).toMatchObject({
      is: "done",
      data: { done: true, left: [] },
    });
    expect(fake.deals().find((one) => one.id === deal)?.stageId).not.toBe(stages.sent);
    expect((await historyTask.run({ record: deal }, tools)).text).toContain("took back");
  });

  it("says what it cannot undo while countersign.yaml does not name the field", async () => {
    const contract = linked();
    inForce = "changed";
    await follow(contract, "contract.sent");
    inForce = "present";
    const shown = await undoTask.run({ contract: contract.id, yes: false }, tools);
    expect(shown.is).toBe("findings");
    expect(shown.data).toMatchObject({
      left: [
        { target: { on: "deal" }, field: fields.title, code: "not-read" },
        { target: { on: "account" }, field: fields.account, code: "not-read" },
      ],
    });
    inForce = "changed";
    const done = await undoTask.run({ contract: contract.id, yes: true }, tools);
    expect(done).toMatchObject({ is: "done", data: { left: [] } });
    expect(accountNow()).toBeNull();
  });

  it.each([{}, { contract: "a/b", record: "1" }])(
    "asks whose history is meant: %j",
    async (given) => {
      expect(await historyTask.run(given, tools)).toMatchObject({ is: "refused" });
      expect(await undoTask.run({ ...given, yes: true }, tools)).toMatchObject({ is: "refused" });
    },
  );
});
