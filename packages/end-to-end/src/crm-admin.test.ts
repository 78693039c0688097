import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sandboxEnvironment, startSandbox } from "@countersign/sandbox";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runCommandLine } from "./countersign.ts";

const stack = new AsyncDisposableStack();
let environment: Record<string, string>;

/** The command line as an admin has it while the sandbox stands in for the CRMs: nothing else runs. */
beforeAll(async () => {
  const sandbox = stack.use(await startSandbox({ port: 0, receiverPort: 1 }));
  const sandboxPort = Number(new URL(sandbox.url).port);
  const folder = mkdtempSync(join(tmpdir(), "countersign-admin-"));
  stack.defer(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "countersign.yaml");
  writeFileSync(
    file,
    `hubspot:
  pipelines: { default: { sent: contractsent, completed: closedwon } }
  fields: { status: agreement_status }
salesforce:
  stages: { sent: Proposal/Price Quote, completed: Closed }
  fields: { status: Agreement_Status__c }
`,
  );
  environment = {
    ...sandboxEnvironment({ sandboxPort, receiverPort: 1, slackBotPort: 2 }),
    PATH: process.env["PATH"] ?? "",
    COUNTERSIGN_CONFIG: file,
    COUNTERSIGN_HOME: folder,
  };
});
afterAll(() => stack.disposeAsync());

const countersign = (...typed: string[]) => runCommandLine(environment, typed);

it("an admin connects a CRM: doctor, setup, doctor", { timeout: 120_000 }, async () => {
  const before = await countersign("doctor");
  expect(before.exitCode).toBe(1);
  expect(before.out).toContain("hubspot: agreement_status");
  expect(before.out).toContain('salesforce.stages.completed in countersign.yaml says "Closed"');
  expect(before.err).toContain("asking hubspot");

  const proposed = await countersign("setup", "hubspot");
  expect(proposed).toMatchObject({ exitCode: 0 });
  expect(proposed.out).toContain("create the deal property agreement_status");
  const made = await countersign("setup", "hubspot", "--yes", "--json");
  expect(JSON.parse(made.out)).toMatchObject({ is: "done", data: { made: 2 } });
  expect(await countersign("doctor", "hubspot")).toMatchObject({ exitCode: 0 });

  const salesforce = await countersign("setup", "salesforce", "--yes");
  expect(salesforce.exitCode).toBe(1);
  expect(salesforce.out).toContain("8 of 8 done");
  expect(salesforce.out).toContain("Set it to one of");
});

it("says how each command is used, and what was not understood", { timeout: 60_000 }, async () => {
  expect((await countersign("backfill", "--help")).out).toContain("countersign backfill <source>");
  expect(await countersign("resync", "--fast")).toMatchObject({ exitCode: 2 });
  expect(await countersign("doctor", "pipedrive")).toMatchObject({ exitCode: 1 });
});
