import { execFile, spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { WebClient } from "@slack/web-api";
import { contractsChannel } from "@countersign/sandbox";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { freePorts } from "@countersign/postgres";
import { root } from "./stack.ts";

/** What `.countersign/running.json` holds, as far as someone outside needs it. */
type RunningState = {
  pids: Record<string, number>;
  ports: Record<"receiver" | "slackBot" | "crmSync" | "sandbox", number>;
  databaseUrl: string;
  sandbox: { url: string; slackBotToken: string; hubspotToken: string };
};

let home: string;
let environment: Record<string, string | undefined>;
let npm: ReturnType<typeof spawn>;
let output = "";
let running: RunningState;

const soon = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 15_000, interval: 100 });

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "countersign-start-"));
  await chmod(home, 0o755);
  const [receiver, slackBot, crmSync, sandbox] = await freePorts(4);
  environment = {
    PATH: process.env["PATH"],
    HOME: process.env["HOME"],
    COUNTERSIGN_HOME: home,
    RECEIVER_PORT: String(receiver),
    SLACK_BOT_PORT: String(slackBot),
    CRM_SYNC_PORT: String(crmSync),
    SANDBOX_PORT: String(sandbox),
  };
  npm = spawn("npm", ["start"], { cwd: root, env: environment, stdio: ["ignore", "pipe", "pipe"] });
  npm.stdout?.on("data", (chunk) => (output += chunk));
  npm.stderr?.on("data", (chunk) => (output += chunk));
  await vi.waitFor(
    () => {
      if (!existsSync(join(home, "running.json"))) throw new Error(`npm start said: ${output}`);
    },
    { timeout: 60_000 },
  );
  running = JSON.parse(await readFile(join(home, "running.json"), "utf8"));
});
afterAll(async () => {
  if (npm.exitCode === null && npm.kill("SIGTERM")) await once(npm, "exit");
  await rm(home, { recursive: true, force: true });
});

it("says what runs where and what to try first", async () => {
  await soon(async () => {
    expect(output).toContain(`http://127.0.0.1:${running.ports.sandbox}`);
    expect(output).toMatch(/Try first: /);
  });
});

it.each(["receiver", "slackBot", "crmSync"] as const)("runs %s, alive and ready", async (app) => {
  for (const path of ["healthz", "readyz", "metrics"]) {
    const response = await fetch(`http://127.0.0.1:${running.ports[app]}/${path}`);
    expect(response.status, path).toBe(200);
  }
});

const envelopeId = randomUUID();

it("takes a DocuSign webhook signed as anybody would sign it, shows it in Slack and moves both deals", async () => {
  const at = "2026-11-20T15:04:05.1234567Z";
  const body = JSON.stringify({
    event: "envelope-completed",
    apiVersion: "v2.1",
    generatedDateTime: at,
    data: {
      accountId: randomUUID(),
      envelopeId,
      envelopeSummary: {
        status: "completed",
        emailSubject: "Platform licence 2027",
        sentDateTime: "2026-11-19T09:00:00Z",
        completedDateTime: at,
        customFields: {
          textCustomFields: [
            { name: "hubspot_deal_id", value: "1001" },
            { name: "salesforce_opportunity_id", value: "006000000000001AAA" },
          ],
        },
        recipients: {
          signers: [
            {
              recipientId: "1",
              name: "Ken Ito",
              email: "ken@example.com",
              status: "completed",
              deliveredDateTime: "2026-11-20T14:00:00Z",
              signedDateTime: at,
            },
          ],
        },
      },
    },
  });
  const signature = createHmac("sha256", "sandbox-docusign").update(body).digest("base64");
  const response = await fetch(`http://127.0.0.1:${running.ports.receiver}/webhooks/docusign`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-docusign-signature-1": signature },
    body,
  });
  expect(response.status).toBe(200);
  const slack = new WebClient(running.sandbox.slackBotToken, {
    slackApiUrl: `${running.sandbox.url}/slack/api/`,
  });
  await soon(async () => {
    const { messages = [] } = await slack.conversations.history({ channel: contractsChannel.id });
    expect(messages.map(({ text }) => text).join("\n")).toContain("Platform licence 2027");
    const deal = await fetch(
      `${running.sandbox.url}/hubspot/crm/v3/objects/deals/1001?properties=dealstage,contract_signed_date`,
      { headers: { authorization: `Bearer ${running.sandbox.hubspotToken}` } },
    );
    expect(await deal.json()).toMatchObject({
      properties: { dealstage: "closedwon", contract_signed_date: "2026-11-20" },
    });
    const state = await (await fetch(`${running.sandbox.url}/control/state`)).text();
    expect(state).toMatch(/"id":"006000000000001AAA"[^}]*"stageId":"Closed Won"/);
  });
});

it("reads its state by the command line", async () => {
  const args = [
    "run",
    "--silent",
    "countersign",
    "--",
    "contract",
    `docusign/${envelopeId}`,
    "--json",
  ];
  const { stdout } = await promisify(execFile)("npm", args, { cwd: root, env: environment });
  expect(JSON.parse(stdout)).toMatchObject({
    status: "completed",
    recipients: [{ name: "Ken Ito", status: "signed" }],
  });
});

it("stops everything cleanly", { timeout: 30_000 }, async () => {
  const ended = once(npm, "exit");
  npm.kill("SIGINT");
  expect(await ended).toEqual([0, null]);
  expect(existsSync(join(home, "running.json"))).toBe(false);
  for (const [name, pid] of Object.entries(running.pids)) {
    expect(() => process.kill(pid, 0), name).toThrow(/ESRCH/);
  }
});
