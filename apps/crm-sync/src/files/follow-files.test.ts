import { setTimeout as wait } from "node:timers/promises";
import { createLog } from "@countersign/service";
import { readEffects, saveLink } from "@countersign/store";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { counterpart as hubspot } from "../crms/hubspot/counterpart.ts";
import { crmKinds } from "../crms/index.ts";
import { counterpart as salesforce } from "../crms/salesforce/counterpart.ts";
import { followCrm } from "../follow-crm.ts";
import { createCrmMetrics } from "../metrics.ts";
import { createAlert } from "../report.ts";
import { aContract } from "../testing/contracts.ts";
import { eachOnce, openFilesBench, title, type FilesBench } from "../testing/files-bench.ts";
import { noFields } from "../testing/no-fields.ts";
import { followFiles, wakeFiles } from "./follow-files.ts";

const counterparts = { hubspot, salesforce };
const until = (check: () => void | Promise<void>) =>
  vi.waitFor(check, { timeout: 20_000, interval: 50 });

describe.each(crmKinds.map(({ id }) => id))("%s, as the app follows it", (id) => {
  let stack: AsyncDisposableStack;
  let bench: FilesBench;
  let alerts: string[];

  beforeEach(async () => {
    stack = new AsyncDisposableStack();
    bench = await openFilesBench(id, counterparts[id], stack);
    alerts = [];
  });
  afterEach(() => stack.disposeAsync());

  async function follow(): Promise<void> {
    const log = createLog("test", "silent");
    log.error = (data: unknown) => void alerts.push(`paused ${String(Object(data).code)}`);
    const infos = log.info.bind(log);
    log.info = (data: unknown, text?: string) => {
      if (text?.includes("goes on")) alerts.push("goes on");
      else infos(data, text);
    };
    const alert = createAlert(log);
    const metrics = createCrmMetrics();
    const { crm, sources, store } = bench.portsWith();
    const deals = await followCrm(store, crm, { log, metrics, alert, fields: noFields });
    const files = await followFiles(store, crm, sources, { log, metrics, alert });
    stack.defer(async () => {
      await Promise.all([deals.stop(), files?.stop()]);
    });
  }

  it("brings the deal, its notes and its files, whoever comes first", async () => {
    await follow();
    await bench.completed();
    await until(() => expect(bench.hung()).toEqual(eachOnce));
  });

  it("does nothing where countersign.yaml wants nothing", async () => {
    const { crm, sources, store } = bench.portsWith();
    const wants = { files: { signed: false, certificate: false }, notes: false, writeBack: false };
    const log = createLog("test", "silent");
    const tools = { log, metrics: createCrmMetrics(), alert: () => undefined };
    expect(await followFiles(store, { ...crm, wants }, sources, tools)).toBeNull();
  });

  it("waits with one alert while the CRM refuses our token, and goes on by itself", async () => {
    bench.fake.setFault({ kind: "unauthorized", times: 1_000_000 });
    await follow();
    await Promise.all([bench.completed(), bench.completed(), bench.completed()]);
    await until(() => expect(alerts).toHaveLength(1));
    await wait(1_000);
    const calls = bench.fake.calls().length;
    await wait(1_500);
    expect(alerts).toEqual([expect.stringMatching(/^paused /)]);
    expect(bench.fake.calls()).toHaveLength(calls);
    bench.fake.clearFaults();
    bench.wait(31);
    await bench.completed();
    await until(() => expect(alerts).toEqual([expect.any(String), "goes on"]));
    await until(() => expect(bench.attached().files).toHaveLength(2));
  });

  it("brings them when a person has tied the contract to a deal, though it has not changed", async () => {
    await follow();
    const contract = aContract(bench.store, { title });
    bench.vendor.complete(contract.id.replace("docusign/", ""), title);
    await contract.happened("contract.completed");
    const { deal } = counterparts[id];
    const tie = { foundBy: "person", certainty: 1, detail: "Mara" } as const;
    await until(async () =>
      expect(await readEffects(bench.store, contract.id, id)).toMatchObject([{ code: "no-link" }]),
    );
    await saveLink(bench.store, {
      contractId: contract.id,
      destination: id,
      recordId: deal,
      ...tie,
    });
    await wakeFiles(bench.store, bench.portsWith().crm, contract);
    await until(() => expect(bench.hung()).toMatchObject({ files: eachOnce.files }));
  });
});
