import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { readEffects, type Store } from "@countersign/store";
import { openTestStore, testDatabaseUrl } from "@countersign/store/testing";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { aContract } from "./testing/contracts.ts";
import { createHubspot } from "./testing/counterpart.ts";
import { serveFake } from "./testing/serve-fake.ts";

const yaml = `hubspot:
  pipelines: { default: { sent: contractsent, completed: closedwon } }
  fields: { status: contract_status }
`;
const deal = "1003";

const stack = new AsyncDisposableStack();
const fake = createHubspot({ token: "t", now: () => new Date() });
const folder = mkdtempSync(join(tmpdir(), "countersign-crm-sync-"));
let store: Store;
let apiUrl: string;

beforeAll(async () => {
  store = stack.use(await openTestStore());
  apiUrl = await serveFake(fake, stack);
  writeFileSync(join(folder, "countersign.yaml"), yaml);
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
  const lines: string[] = [];
  createInterface(app.stdout).on("line", (line) => lines.push(line));
  const port = await until(() => {
    const listening = lines.find((line) => line.includes('"listening"')) ?? "";
    const found = /"port":(\d+)/.exec(listening)?.[1];
    expect(found).toBeDefined();
    return found;
  });
  const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  const stop = async () => {
    app.kill("SIGTERM");
    const [code]: unknown[] = await once(app, "exit");
    return code;
  };
  return { lines, get, stop };
}

const until = <Result>(check: () => Result | Promise<Result>) =>
  vi.waitFor(check, { timeout: 10_000, interval: 50 });

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
    expect(app.lines.join("\n")).toContain("HUBSPOT_ACCESS_TOKEN");
    expect(app.lines.join("\n")).not.toContain("a-revoked-token");
    expect(await readEffects(store, contract.id, "hubspot")).toEqual([]);
    expect(await app.stop()).toBe(0);
  },
);
