import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { providers } from "@countersign/core";
import { WebClient } from "@slack/web-api";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { readConfig } from "./config.ts";
import { sandboxEnvironment } from "./environment.ts";
import { freePort } from "@countersign/postgres";
import { startSandbox, type Sandbox } from "./sandbox.ts";
import { contractsChannel } from "./slack/teams.ts";
import { startReceiver, type Receiver } from "./testing/receiver.ts";

let sandbox: Sandbox;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
  sandbox = await startSandbox({ port: 0, receiverPort: receiver.port });
});

afterAll(async () => {
  await sandbox.stop();
  await receiver[Symbol.asyncDispose]();
});

beforeEach(() => sandbox.reset());

function post(path: string, body: unknown): Promise<Response> {
  return fetch(`${sandbox.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function get(path: string): Promise<unknown> {
  const answer = await fetch(`${sandbox.url}${path}`);
  return answer.json();
}

const draft = { title: "Order form", signers: [{ name: "Ken Ito", email: "ken@example.com" }] };

test("every provider has its secret, every system its address", () => {
  const environment = sandboxEnvironment({
    sandboxPort: 4000,
    receiverPort: 3000,
    slackBotPort: 3001,
  });
  expect(environment).toMatchObject({
    SLACK_API_URL: "http://127.0.0.1:4000/slack/api/",
    HUBSPOT_API_URL: "http://127.0.0.1:4000/hubspot",
    SALESFORCE_LOGIN_URL: "http://127.0.0.1:4000/salesforce",
    DOCUSIGN_SECRET: "sandbox-docusign",
  });
  expect(Object.values(environment)).toEqual(
    expect.arrayContaining(providers.map(({ id }) => `sandbox-${id}`)),
  );
});

test("the credentials handed out are the ones let in", async () => {
  const environment = sandboxEnvironment({
    sandboxPort: sandbox.port,
    receiverPort: 0,
    slackBotPort: 0,
  });
  const slack = new WebClient(environment["SLACK_BOT_TOKEN"], {
    slackApiUrl: environment["SLACK_API_URL"] ?? "",
  });
  expect(await slack.auth.test()).toMatchObject({ user: "countersign" });
  const deals = await fetch(
    `${environment["HUBSPOT_API_URL"]}/crm/v3/objects/deals/${sandbox.hubspot.deals()[0]?.id}`,
    {
      headers: { authorization: `Bearer ${environment["HUBSPOT_ACCESS_TOKEN"]}` },
    },
  );
  expect(deals.status).toBe(200);
  const signIn = await fetch(`${environment["SALESFORCE_LOGIN_URL"]}/services/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: environment["SALESFORCE_CLIENT_ID"] ?? "",
      client_secret: environment["SALESFORCE_CLIENT_SECRET"] ?? "",
    }),
  });
  expect(await signIn.json()).toMatchObject({ instance_url: expect.stringContaining(sandbox.url) });
});

test("a contract is driven over HTTP and shown whole", async () => {
  const sent = z
    .object({ id: z.string() })
    .parse(await (await post("/providers/docusign/contracts", draft)).json());
  const path = `/providers/docusign/contracts/${sent.id}/steps`;
  expect(
    await (await post(path, { kind: "sign", signer: "ken@example.com" })).json(),
  ).toMatchObject({ status: "completed" });
  expect((await post(path, { kind: "void" })).status).toBe(409);
  await vi.waitFor(async () =>
    expect(await get("/control/state")).toMatchObject({
      contracts: [{ id: sent.id, title: "Order form", status: "completed" }],
      webhooks: expect.arrayContaining([
        expect.objectContaining({ what: "Completed", state: "accepted", status: 200 }),
      ]),
    }),
  );
  expect(await get("/providers/docusign")).toMatchObject({ contracts: [{ id: sent.id }] });
  expect(await get("/providers/ziasign")).toEqual({ contracts: [] });
});

test.each([
  ["/providers/nobody/contracts", draft, 404, 'There is no provider "nobody".'],
  ["/providers/docusign/contracts", { ...draft, title: " " }, 400, "title: "],
  [
    "/providers/docusign/contracts",
    { ...draft, signers: [...draft.signers, ...draft.signers] },
    400,
    "same e-mail",
  ],
  ["/providers/docusign/contracts/none/steps", { kind: "void" }, 404, "no such contract"],
  ["/providers/nobody/chaos", {}, 404, 'There is no provider "nobody".'],
  ["/providers/docusign/chaos", { delay: -1 }, 400, "delay: "],
  ["/providers/docusign/chaos", { explode: true }, 400, "explode"],
  ["/control/faults", { system: "telegraph", fault: null }, 400, "system: "],
  ["/control/deals/hubspot/none", { stageId: "closedwon" }, 409, "no deal none"],
])("%s refuses with a sentence: %#", async (path, body, status, sentence) => {
  const answer = await post(path, body);
  expect(answer.status).toBe(status);
  expect(await answer.json()).toEqual({ error: expect.stringContaining(sentence) });
});

test("chaos is set in parts and shown over HTTP", async () => {
  const path = "/providers/ziasign/chaos";
  await post(path, { drop: 1 });
  expect(await (await post(path, { rotate: true })).json()).toMatchObject({
    drop: 1,
    rotate: true,
  });
  expect(await get(path)).toEqual({
    duplicate: false,
    reorder: false,
    delay: 0,
    drop: 1,
    burst: false,
    rotate: true,
    retry: false,
    held: 0,
    secret: "sandbox-ziasign-next",
  });
  await post("/providers/ziasign/contracts", draft);
  expect((await post("/providers/docusign/test-button", {})).status).toBe(202);
  await vi.waitFor(async () =>
    expect(await get("/control/state")).toMatchObject({
      chaos: expect.arrayContaining([expect.objectContaining({ id: "ziasign", drop: 1 })]),
      webhooks: expect.arrayContaining([
        expect.objectContaining({ provider: "ZiaSign", state: "lost" }),
        expect.objectContaining({ what: "Test button", state: "accepted", marks: ["test"] }),
      ]),
    }),
  );
  await post("/control/reset", {});
  expect(await get(path)).toMatchObject({ drop: 0, rotate: false });
});

async function writeDeal(id: string): Promise<number> {
  const answer = await fetch(`${sandbox.url}/hubspot/crm/v3/objects/deals/${id}`, {
    method: "PATCH",
    headers: { "content-type": "application/json", authorization: "Bearer sandbox-hubspot" },
    body: JSON.stringify({ properties: { contract_status: "sent" } }),
  });
  return answer.status;
}

test("deals are added over HTTP, and made unwritable", async () => {
  const added = await post("/control/deals/hubspot", { count: 2 });
  expect(await added.json()).toEqual({ ids: ["1009", "1010"] });
  await post("/control/deals/hubspot/1010/fault", { fault: "refused" });
  expect([await writeDeal("1009"), await writeDeal("1010")]).toEqual([200, 400]);
  await post("/control/deals/hubspot/1010/fault", { fault: null });
  expect(await writeDeal("1010")).toBe(200);
});

test("faults are set, counted and lifted over HTTP", async () => {
  const url = `${sandbox.url}/slack/api/`;
  const slack = new WebClient("xoxb-sandbox", { slackApiUrl: url, retryConfig: { retries: 0 } });
  const say = () => slack.chat.postMessage({ channel: contractsChannel.id, text: "Sent" });
  await post("/control/faults", {
    system: "slack",
    fault: { kind: "error", error: "invalid_auth", times: 2 },
  });
  await expect(say()).rejects.toThrow("invalid_auth");
  expect(await get("/control/faults")).toEqual({
    slack: [{ kind: "error", error: "invalid_auth", times: 1 }],
    hubspot: [],
    salesforce: [],
  });
  await post("/control/faults", { system: "slack", fault: null });
  await say();
  await post("/control/faults", { system: "hubspot", fault: { kind: "server-error" } });
  expect((await fetch(`${sandbox.url}/hubspot/crm/v3/owners`)).status).toBe(500);
  expect(await get("/control/calls")).toMatchObject({
    slack: [
      { method: "chat.postMessage" },
      { method: "chat.postMessage", channel: contractsChannel.id },
    ],
    hubspot: { calls: [{ status: 500 }], journal: [] },
    salesforce: { calls: [], journal: [] },
  });
});

test("a reset leaves nothing behind", async () => {
  await post("/providers/ziasign/contracts", draft);
  await post("/control/deals/hubspot/1001", { stageId: "closedwon" });
  await post("/control/reset", {});
  expect(await get("/control/state")).toMatchObject({ contracts: [], webhooks: [] });
  expect(sandbox.hubspot.journal()).toEqual([]);
});

test("a wrong port is named", () => {
  expect(() => readConfig({ SANDBOX_PORT: "many" })).toThrow("SANDBOX_PORT must be a port number");
});

test("the process answers, and leaves with 0 on SIGTERM", async () => {
  const port = await freePort();
  const main = spawn(process.execPath, [fileURLToPath(new URL("main.ts", import.meta.url))], {
    env: { ...process.env, SANDBOX_PORT: String(port), RECEIVER_PORT: "1" },
    stdio: "ignore",
  });
  await vi.waitFor(
    async () => expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200),
    {
      timeout: 10_000,
      interval: 100,
    },
  );
  const stream = await fetch(`http://127.0.0.1:${port}/events`);
  main.kill("SIGTERM");
  const [code] = await once(main, "exit");
  expect(code).toBe(0);
  await stream.body?.cancel().catch(() => null);
}, 20_000);
