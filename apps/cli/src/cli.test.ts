import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { record, type Store } from "@countersign/store";
import {
  aDelivery,
  aFact,
  aReport,
  openTestStore,
  testDatabaseUrl,
} from "@countersign/store/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const run = promisify(execFile);

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
  const described = aFact("contract.noted", {
    note: "described",
    description: {
      title: "Lease of the mill",
      recipients: [{ key: "1", name: "Dana Reyes", email: "dana@example.com" }],
    },
  });
  const signed = aFact("recipient.signed", { recipient: "1" });
  await record(store, aDelivery("{}"), aReport("e-1", aFact("contract.sent"), signed, described));
  await record(store, aDelivery("?"), { understood: false, reason: "not JSON" });
});
afterAll(async () => store.close());

async function countersign(args: string[], environment: Record<string, string> = {}) {
  const env = {
    PATH: process.env["PATH"],
    DATABASE_URL: testDatabaseUrl(),
    DATABASE_SCHEMA: store.schema,
    ...environment,
  };
  try {
    const { stdout } = await run(process.execPath, [main, ...args], { env });
    return { exitCode: 0, stdout, stderr: "" };
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || !("stderr" in error)) throw error;
    return { exitCode: error.code, stdout: "", stderr: String(error.stderr) };
  }
}

describe("countersign contract", () => {
  it("prints a contract as JSON", async () => {
    const { stdout } = await countersign(["contract", "docusign/e-1", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      id: "docusign/e-1",
      source: "docusign",
      externalId: "e-1",
      status: "partially_signed",
      title: "Lease of the mill",
      recipients: [{ name: "Dana Reyes", email: "dana@example.com", status: "signed" }],
      events: [
        { type: "contract.sent", recipient: null, via: "webhook" },
        { type: "recipient.signed", recipient: "1", occurredAt: "2026-05-04T09:00:00.000Z" },
        { type: "contract.noted" },
      ].map((event) => expect.objectContaining(event)),
      deliveries: [{ bodyProof: "signature", via: "webhook", timesReceived: 1 }],
      links: [],
    });
  });

  it("prints it for a person", async () => {
    const { stdout } = await countersign(["contract", "docusign/e-1"]);
    expect(stdout).toContain("Lease of the mill  (docusign/e-1)");
    expect(stdout).toMatch(/signed\s+Dana Reyes <dana@example.com>/);
  });

  it("says which contracts are near when there is none", async () => {
    const { exitCode, stderr } = await countersign(["contract", "docusign/e"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("No contract docusign/e.");
    expect(stderr).toContain("docusign/e-1  Lease of the mill");
  });

  it("asks for one contract", async () => {
    const { exitCode, stderr } = await countersign(["contract"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("Name one contract");
  });
});

it("lists what is in quarantine", async () => {
  const { stdout } = await countersign(["quarantine", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject([{ source: "docusign", reason: "not JSON", bytes: 1 }]);
});

it("reads the database of the npm start that is running", async () => {
  const home = await mkdtemp(join(tmpdir(), "countersign-cli-"));
  await writeFile(join(home, "running.json"), JSON.stringify({ databaseUrl: testDatabaseUrl() }));
  const { stdout } = await countersign(["quarantine"], {
    DATABASE_URL: "",
    COUNTERSIGN_HOME: home,
  });
  expect(stdout).toContain("not JSON");
});

it.each<[string, string[], Record<string, string>, number, RegExp]>([
  [
    "no database to read",
    ["quarantine"],
    { DATABASE_URL: "", COUNTERSIGN_HOME: "/none" },
    1,
    /run npm start first/,
  ],
  [
    "a database that is away",
    ["quarantine"],
    { DATABASE_URL: "postgres://x@127.0.0.1:9/d" },
    1,
    /cannot be reached/,
  ],
  [
    "a database that has no tables",
    ["quarantine"],
    { DATABASE_SCHEMA: "no_such" },
    1,
    /no tables of Countersign/,
  ],
  ["no such command", ["contracts"], {}, 2, /no command "contracts"/],
])("explains %s", async (_what, args, environment, exitCode, message) => {
  const answer = await countersign(args, environment);
  expect(answer.exitCode).toBe(exitCode);
  expect(answer.stderr).toMatch(message);
});

it("helps", async () => {
  expect((await countersign(["--help"])).stdout).toContain("quarantine");
});
