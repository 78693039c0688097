import { readEffects, type Following, type Store } from "@countersign/store";
import { openTestStore, testDatabaseUrl } from "@countersign/store/testing";
import { createLog, Settings } from "@countersign/service";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { hubspot } from "../../crms/hubspot/index.ts";
import { followCrm } from "../../follow-crm.ts";
import { createCrmMetrics } from "../../metrics.ts";
import { aContract } from "../../testing/contracts.ts";
import { createHubspot } from "../../testing/counterpart.ts";
import { noFields } from "../../testing/no-fields.ts";
import { runTaskProcess, writeSettings } from "../../testing/run-task.ts";
import { serveFake } from "../../testing/serve-fake.ts";

const stack = new AsyncDisposableStack();
const fake = createHubspot({ token: "t", now: () => new Date() });
const section = {
  linkField: "hubspot_deal_id",
  pipelines: { default: { sent: "contractsent", completed: "closedwon" } },
  fields: { status: "contract_status" },
};
let store: Store;
let following: Following;
let environment: Record<string, string>;

beforeAll(async () => {
  store = stack.use(await openTestStore());
  const url = await serveFake(fake, stack);
  environment = {
    DATABASE_URL: testDatabaseUrl(),
    DATABASE_SCHEMA: store.schema,
    COUNTERSIGN_CONFIG: writeSettings(JSON.stringify({ hubspot: section }), stack),
    HUBSPOT_ACCESS_TOKEN: "t",
    HUBSPOT_API_URL: url,
  };
  const variables = {
    HUBSPOT_ACCESS_TOKEN: "t",
    HUBSPOT_API_URL: url,
    HUBSPOT_CALLS_PER_10_SECONDS: 10_000,
  };
  const opened = hubspot.open(Settings.parse({ hubspot: section }), variables, "countersign.yaml");
  if (opened.is !== "configured") throw new Error("HubSpot is not configured.");
  const crm = opened.connect({ now: () => new Date(), timeout: 5_000, onCall: () => undefined });
  following = await followCrm(store, crm, {
    log: createLog("test", "error"),
    metrics: createCrmMetrics(),
    fields: noFields,
  });
});
afterAll(async () => {
  await following.stop();
  await stack.disposeAsync();
});

const run = (...typed: string[]) => runTaskProcess(typed, environment);
const until = <Result>(check: () => Result | Promise<Result>) =>
  vi.waitFor(check, { timeout: 15_000, interval: 50 });
const statusOf = (id: string) => fake.deals().find((one) => one.id === id)?.contract.status;
const groups = async () => (await run("errors")).data;

describe("what a CRM refuses", () => {
  it("is grouped by cause, mended once, and resynced", { timeout: 90_000 }, async () => {
    expect(await run("errors")).toMatchObject({
      exitCode: 0,
      is: "done",
      text: "Nothing is stuck.",
    });
    const deals = fake.addDeals(3);
    for (const deal of deals) fake.setRecordFault(deal, "refused");
    const contracts = [...deals, "999999"].map((deal) =>
      aContract(store, { fields: { hubspot_deal_id: deal } }),
    );
    for (const contract of contracts) await contract.happened("contract.sent");
    await until(async () => {
      expect(await groups()).toMatchObject([
        { code: "REQUIRED_FIELD", class: "permanent-data", count: 3 },
        { code: "deal-not-found", class: "permanent-target", count: 1 },
      ]);
    });
    const shown = await run("errors", "--examples=1");
    expect(shown).toMatchObject({ exitCode: 1, is: "findings" });
    expect(shown.text).toContain("3 contracts");
    expect(shown.text).toContain("closed_won_reason is required");
    expect(shown.text).toContain("To do: Fill in the required property in HubSpot");
    expect(shown.text).toContain("… and 2 more");
    const group = /Then: {2}countersign resync --group (\S+) --yes/.exec(shown.text)?.[1] ?? "";
    expect(group).toMatch(/^hubspot-REQUIRED_FIELD-/);

    for (const deal of deals) fake.setRecordFault(deal, null);
    expect(await run("resync", `--group=${group}`)).toMatchObject({
      exitCode: 0,
      data: { selected: 3, resynced: 0 },
    });
    expect(deals.map(statusOf)).toEqual([null, null, null]);
    expect(await run("resync", `--group=${group}`, "--rate=2", "--yes")).toMatchObject({
      exitCode: 0,
      data: { resynced: 3 },
      progress: "2 of 3\n3 of 3\n",
    });
    await until(() => expect(deals.map(statusOf)).toEqual(["sent", "sent", "sent"]));
    await until(async () => {
      expect(await groups()).toMatchObject([{ code: "deal-not-found", count: 1 }]);
    });
    const history = await readEffects(store, contracts[0]?.id ?? "", "hubspot");
    expect(history.map(({ status }) => status)).toEqual(["failed", "done"]);
    expect(await run("resync", `--group=${group}`, "--yes")).toMatchObject({ is: "refused" });
  });

  it("explains what cannot be selected", async () => {
    expect(await run("resync")).toMatchObject({ is: "refused", exitCode: 1 });
    expect(await run("resync", "--contract=docusign/none")).toMatchObject({ is: "refused" });
    expect(await run("resync", "--all-failed", "--rate=0")).toMatchObject({
      exitCode: 2,
      text: "--rate: must be at least 1.",
    });
    expect(await run("errors", "--group=none")).toMatchObject({ is: "refused" });
  });
});

describe("countersign link", () => {
  it(
    "ties a contract by a person's choice, over its custom field, and unties it for good",
    { timeout: 90_000 },
    async () => {
      const [chosen = "", named = ""] = fake.addDeals(2);
      const contract = aContract(store, { fields: { hubspot_deal_id: named } });
      await contract.happened("contract.sent");
      await until(() => expect(statusOf(named)).toBe("sent"));
      const about = [`--contract=${contract.id}`, "--crm=hubspot"];
      const linked = await run("link", ...about, `--deal=${chosen}`, "--by=Mara");
      expect(linked).toMatchObject({ exitCode: 0 });
      expect(linked.text).toContain(`instead of ${named}`);
      await until(() => expect(statusOf(chosen)).toBe("sent"));

      expect(await run("link", ...about, "--remove", "--by=Mara")).toMatchObject({ exitCode: 0 });
      await contract.happened("contract.completed");
      await until(async () => {
        const codes = (await readEffects(store, contract.id, "hubspot")).map(({ code }) => code);
        expect(codes).not.toContain("unlinked-by-person");
        expect(statusOf(named)).toBe("completed");
      });
      expect(statusOf(chosen)).toBe("sent");
      expect(await run("link", ...about, "--remove")).toMatchObject({ exitCode: 0 });
      await until(async () => {
        const codes = (await readEffects(store, contract.id, "hubspot")).map(({ code }) => code);
        expect(codes).toContain("unlinked-by-person");
      });
      await contract.happened("recipient.signed");
      expect(await run("link", ...about, "--remove")).toMatchObject({ is: "refused" });
    },
  );

  it("explains a deal, a contract and a request that are none", async () => {
    const contract = aContract(store, {});
    await contract.happened("contract.sent");
    const link = (...typed: string[]) =>
      run("link", `--contract=${contract.id}`, "--crm=hubspot", ...typed);
    expect((await link("--deal=abc")).text).toContain("it is a number");
    expect((await link("--deal=999999")).text).toContain("There is no deal 999999");
    expect((await link()).text).toContain("Name a deal, or --remove");
    expect(await run("link", "--contract=x/y", "--crm=hubspot", "--deal=1001")).toMatchObject({
      is: "refused",
    });
  });
});
