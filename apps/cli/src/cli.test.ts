import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { follow, noteSecretUse, record, saveUnmatched, type Store } from "@countersign/store";
import {
  aDelivery,
  aFact,
  aReport,
  openTestStore,
  testDatabaseUrl,
} from "@countersign/store/testing";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const run = promisify(execFile);
const day = 24 * 3_600_000;

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

it("lists the contracts whose deal nobody is sure of, with the reasons", async () => {
  expect((await countersign(["inbox"])).stdout).toBe("The inbox is empty.\n");
  await saveUnmatched(store, {
    contractId: "docusign/e-1",
    destination: "hubspot",
    evidence: "digest",
    domains: ["bluefin.example"],
    candidates: [
      {
        recordId: "1002",
        score: 0.62,
        reasons: ["the amounts are equal", "its owner sent the contract"],
        shown: {
          name: "Fleet tracking",
          account: "Bluefin",
          amount: 126_500,
          currency: "USD",
          ownerEmail: null,
        },
      },
    ],
  });
  const { stdout } = await countersign(["inbox", "--crm", "hubspot"]);
  expect(stdout).toContain("docusign/e-1  Lease of the mill  (partially_signed  bluefin.example)");
  expect(stdout).toContain(
    "62 %  1002  Fleet tracking of Bluefin  126500 USD: the amounts are equal; its owner sent the contract",
  );
  expect(stdout).toContain("countersign link docusign/e-1 hubspot <deal>");
  expect((await countersign(["inbox", "--crm", "salesforce"])).stdout).toContain("empty");
  expect(await countersign(["inbox", "--limit", "0"])).toMatchObject({ exitCode: 2 });
});

describe("countersign deadletters", () => {
  beforeAll(async () => {
    const following = await follow(store, "slack", async () => "called", { concurrency: 1 });
    await following.stop();
    for (const id of ["docusign/a", "docusign/b"]) {
      const data = { contractId: id };
      const job = await store.queue.send("slack", data, { retryLimit: 0 });
      await store.queue.fetch("slack");
      await store.queue.fail("slack", job ?? "", { failure: { name: "HttpError", code: "502" } });
    }
  });

  it("counts and lists them", async () => {
    const { stdout } = await countersign(["deadletters", "--json"]);
    expect(JSON.parse(stdout)).toEqual({
      counts: [{ destination: "slack", waiting: 2 }],
      deadLetters: ["docusign/b", "docusign/a"].map((contractId) =>
        expect.objectContaining({ contractId }),
      ),
    });
  });

  it("lists a contract's for a person", async () => {
    const { stdout } = await countersign(["deadletters", "--contract", "docusign/a"]);
    expect(stdout).toContain("slack: 2");
    expect(stdout).toMatch(/Z {2}slack +docusign\/a {2}1 try {2}HttpError 502/);
    expect(stdout).not.toContain("docusign/b");
  });

  it("says what a redrive would do, does it when told to, and has nothing to do then", async () => {
    const redrive = ["deadletters", "redrive", "--destination", "slack"];
    expect((await countersign(redrive)).stdout).toContain("2 would go back");
    const one = await countersign([...redrive, "--contract", "docusign/a", "--yes", "--json"]);
    expect(JSON.parse(one.stdout)).toEqual({ destination: "slack", matching: 1, moved: 1 });
    expect((await countersign([...redrive, "--yes"])).stdout).toContain("1 went back");
    expect((await countersign([...redrive, "--yes"])).stdout).toContain("Nothing of slack");
    expect((await countersign(["deadletters"])).stdout).toContain("There are no dead letters.");
  });

  it.each<[string, string[], number, RegExp]>([
    ["no destination", ["redrive"], 2, /--destination must name a destination/],
    [
      "a destination that is none",
      ["--destination", "sap"],
      1,
      /No destination sap. There is slack/,
    ],
    [
      "a rate that is none",
      ["redrive", "--destination", "slack", "--rate", "fast"],
      2,
      /--rate must/,
    ],
    ["an unknown option", ["--destinaton", "slack"], 2, /Unknown option '--destinaton'/],
    ["an unknown word", ["resend"], 2, /Not understood: resend/],
    ["what only redrive knows", ["--yes"], 2, /--yes belong to countersign deadletters redrive/],
  ])("explains %s", async (_what, args, exitCode, message) => {
    const answer = await countersign(["deadletters", ...args]);
    expect(answer.exitCode).toBe(exitCode);
    expect(answer.stderr).toMatch(message);
  });

  it("helps", async () => {
    expect((await countersign(["deadletters", "--help"])).stdout).toMatch(
      /--rate +redrive: how many/,
    );
  });
});

const useSecret = (fingerprint: string, secretIndex: number, daysAgo: number) =>
  noteSecretUse(store, [
    { source: "docusign", fingerprint, secretIndex, at: new Date(Date.now() - daysAgo * day) },
  ]);

it("says which secrets were used when, and which may be dropped", async () => {
  await useSecret("00000000aaaa", 0, 9);
  await useSecret("00000000bbbb", 1, 2);
  const { stdout } = await countersign(["secrets"]);
  expect(stdout).toMatch(/^docusign +secret 2 {2}00000000bbbb {2}last used \S+Z$/m);
  expect(stdout).toMatch(/^docusign +secret 1 {2}00000000aaaa {2}last used \S+Z {2}safe to drop$/m);
});

it("reads the database of the npm start that is running", async () => {
  const home = await mkdtemp(join(tmpdir(), "countersign-cli-"));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
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
