import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { readEffects, type Store } from "@countersign/store";
import { holdMigrations, openTestStore, testDatabaseUrl } from "@countersign/store/testing";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { aContract } from "./testing/contracts.ts";
import { createHubspot } from "./testing/counterpart.ts";
import { serveFake } from "./testing/serve-fake.ts";
import { serveVendor, type Vendor } from "./testing/vendor.ts";

const yaml = `hubspot:
  pipelines: { default: { sent: contractsent, completed: closedwon } }
  fields: { status: contract_status }
  files: { signed: true }
  quota: { share: 0.5 }
sources:
  - name: docusign
    provider: docusign
    secrets: ["\${ONLY_THE_RECEIVER_HAS_THIS}"]
    access: "@access"
`;
const deal = "1003";

const stack = new AsyncDisposableStack();
const fake = createHubspot({ token: "t", now: () => new Date() });
const folder = mkdtempSync(join(tmpdir(), "countersign-crm-sync-"));
let store: Store;
let apiUrl: string;
let vendor: Vendor;

beforeAll(async () => {
  store = stack.use(await openTestStore());
  apiUrl = await serveFake(fake, stack);
  vendor = await serveVendor("docusign", stack);
  const settings = yaml.replace('"@access"', JSON.stringify(vendor.access));
  writeFileSync(join(folder, "countersign.yaml"), settings);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await stack.disposeAsync();
});

/** The app as a process of its own, once it listens; `lines` holds what it has logged so far. */
async function start(accessToken: string) {
  const app = spawn(process.execPath, [join(import.meta.dirname, "main.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      DATABASE_URL: testDatabaseUrl(),
      DATABASE_SCHEMA: store.schema,
      COUNTERSIGN_CONFIG: join(folder, "countersign.yaml"),
      CRM_SYNC_PORT: "0",
      HUBSPOT_ACCESS_TOKEN: accessToken,
      HUBSPOT_API_URL: apiUrl,
    },
  });
  // One whose test failed would do the work of the next, and keep the run open.
  stack.defer(() => void app.kill("SIGKILL"));
  const lines: string[] = [];
  createInterface(app.stdout).on("line", (line) => lines.push(line));
  const port = await until(() => {
    const listening = lines.find((line) => line.includes('"listening"')) ?? "";
    const found = /"port":(\d+)/.exec(listening)?.[1];
    expect(found).toBeDefined();
    return found;
  }, 25_000);
  const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  const stop = async () => {
    app.kill("SIGTERM");
    const [code]: unknown[] = await once(app, "exit");
    return code;
  };
  return { lines, get, stop };
}

const until = <Result>(check: () => Result | Promise<Result>, timeout = 10_000) =>
  vi.waitFor(check, { timeout, interval: 50 });

it("follows the contracts, tells how it is, and ends cleanly", { timeout: 40_000 }, async () => {
  const app = await start("t");
  expect((await app.get("/healthz")).status).toBe(200);
  await until(async () => expect((await app.get("/readyz")).status).toBe(200));
  const contract = aContract(store, { fields: { hubspot_deal_id: deal } });
  await contract.happened("contract.sent");
  await until(() =>
    expect(fake.deals().find(({ id }) => id === deal)).toMatchObject({
      stageId: "contractsent",
      contract: { status: "sent" },
    }),
  );
  await until(async () => {
    const metrics = await (await app.get("/metrics")).text();
    expect(metrics).toMatch(
      /crm_calls_total\{crm="hubspot",operation="write-deal",result="ok",.*\} 1/,
    );
    expect(metrics).toMatch(/contracts_followed_total\{crm="hubspot",outcome="followed",.*\} 1/);
    expect(metrics).toMatch(/destination_paused\{destination="hubspot",.*\} 0/);
    expect(metrics).toMatch(/crm_daily_calls\{crm="hubspot",of="used",.*\} [1-9]/);
    expect(metrics).toMatch(/crm_daily_calls\{crm="hubspot",of="share",.*\} 312500/);
  });
  expect(await app.stop()).toBe(0);
});

it("attaches the files of what is completed", { timeout: 40_000 }, async () => {
  const app = await start("t");
  await until(async () => expect((await app.get("/readyz")).status).toBe(200));
  const contract = aContract(store, { title: "Lease", fields: { hubspot_deal_id: "1004" } });
  vendor.complete(contract.id.replace("docusign/", ""), "Lease");
  await contract.happened("contract.completed");
  await until(
    () =>
      expect(fake.deals().find(({ id }) => id === "1004")?.attached.files).toMatchObject([
        { name: expect.stringMatching(/^lease-signed-cs-[0-9a-f]{16}\.pdf$/) },
        { name: expect.stringMatching(/^lease-certificate-cs-[0-9a-f]{16}\.pdf$/) },
      ]),
    // HubSpot's limit for the smallest plans lets a file through every two seconds.
    25_000,
  );
  await until(async () => {
    const metrics = await (await app.get("/metrics")).text();
    expect(metrics).toMatch(/provider_file_reads_total\{source="docusign",result="ok",.*\} 3/);
    expect(metrics).toMatch(/destination_paused\{destination="hubspot-files",.*\} 0/);
  });
  expect(await app.stop()).toBe(0);
});

it(
  "pauses while its credentials are refused, and logs no secret",
  { timeout: 40_000 },
  async () => {
    const app = await start("a-revoked-token");
    const contract = aContract(store, { fields: { hubspot_deal_id: deal } });
    await contract.happened("contract.completed");
    await until(async () => {
      const metrics = await (await app.get("/metrics")).text();
      expect(metrics).toMatch(/destination_paused\{destination="hubspot",.*\} 1/);
    });
    await until(() => expect(app.lines.join("\n")).toContain("HUBSPOT_ACCESS_TOKEN"));
    expect(await readEffects(store, contract.id, "hubspot")).toEqual([]);
    expect(await app.stop()).toBe(0);
    expect(app.lines.join("\n")).not.toContain("a-revoked-token");
  },
);

it(
  "ends, and calls nobody, when it is told to while its database is being opened",
  { timeout: 60_000 },
  async () => {
    const held = await holdMigrations(store.schema);
    const app = await start("t");
    const ended = app.stop();
    await until(() => expect(app.get("/healthz")).rejects.toThrow("fetch failed"));
    const before = fake.calls().length;
    await held[Symbol.asyncDispose]();
    expect(await ended).toBe(0);
    expect(fake.calls()).toHaveLength(before);
  },
);
