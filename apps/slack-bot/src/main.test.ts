import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  contractsChannel,
  sandboxEnvironment,
  startSandbox,
  type Sandbox,
} from "@countersign/sandbox";
import { readPerson, readQuieted, type Store } from "@countersign/store";
import { aFact, holdMigrations, openTestStore, testDatabaseUrl } from "@countersign/store/testing";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { actionIds } from "./blocks/action-ids.ts";
import { quietValue } from "./blocks/quiet-choice.ts";
import { cardsOf, eventually, tell } from "./testing/bench.ts";
import { described } from "./testing/contracts.ts";
import { sendSlash } from "./testing/slash.ts";
import { buttonDeed, modalDeed, openSocketSlack, slashDeed } from "./testing/socket.ts";
import { settingsId } from "./views/settings/fields.ts";

const main = new URL("main.ts", import.meta.url).pathname;
const secret = "sandbox-slack-signing-secret";

let store: Store;
let sandbox: Sandbox;
let bot: { process: ChildProcess; url: string };

beforeEach(async () => {
  store = await openTestStore();
  sandbox = await startSandbox({ port: 0, receiverPort: 1 });
  bot = await startBot();
});
afterEach(async () => {
  bot.process.kill("SIGKILL");
  await sandbox.stop();
  await store.close();
});

async function startBot(more: Record<string, string> = {}) {
  const file = join(mkdtempSync(join(tmpdir(), "slack-bot-")), "countersign.yaml");
  writeFileSync(file, `slack: { channel: ${contractsChannel.id} }\n`);
  const child = spawn(process.execPath, [main], {
    env: {
      ...sandboxEnvironment({ sandboxPort: sandbox.port, receiverPort: 1, slackBotPort: 0 }),
      DATABASE_URL: testDatabaseUrl(),
      DATABASE_SCHEMA: store.schema,
      COUNTERSIGN_CONFIG: file,
      SLACK_BOT_PORT: "0",
      ...more,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let logged = "";
  child.stdout.on("data", (chunk: Buffer) => (logged += chunk.toString()));
  const port = await eventually(async () => /"port":(\d+)/.exec(logged)?.[1], 30);
  return { process: child, url: `http://127.0.0.1:${port}` };
}

async function stopBot(): Promise<number | null> {
  const ended = once(bot.process, "exit");
  bot.process.kill("SIGTERM");
  await ended;
  return bot.process.exitCode;
}

const now = () => new Date().toISOString();
const sent = () => aFact("contract.sent", { occurredAt: now() });
const cards = () => cardsOf({ sandbox }, "Mill lease");

it("shows a contract, answers for it, and leaves with what it began done", async () => {
  await eventually(async () => ((await fetch(`${bot.url}/readyz`)).ok ? true : undefined));
  await tell(store, "mill", described(), sent());
  await eventually(async () => (await cards())[0]?.lines[0]);
  const answer = await sendSlash({ url: bot.url, text: "status mill", secret });
  expect(await answer.text()).toContain("The contract “Mill lease” is sent");
  const metrics = await eventually(async () => {
    const counted = await (await fetch(`${bot.url}/metrics`)).text();
    return counted.includes("contracts_followed_total{") ? counted : undefined;
  });
  expect(metrics).toMatch(/slack_calls_total\{method="chat.postMessage",result="ok".*\} 2/);
  expect(metrics).toMatch(/countersign_notified_seconds_count\{.*\} 1/);
  expect(metrics).toMatch(/slack_pace_backlog_seconds\{channel="C000000002",.*\} 0/);
  expect(await stopBot()).toBe(0);
});

it("keeps to one card however often and whenever it is woken or killed", async () => {
  await tell(store, "mill", described(), sent());
  await eventually(async () => (await cards())[0]);
  bot.process.kill("SIGKILL");
  const wakeups = Array.from({ length: 20 }, () => ({ data: { contractId: "docusign/mill" } }));
  await store.queue.insert("slack", wakeups);
  bot = await startBot();
  await tell(store, "mill", aFact("contract.completed", { occurredAt: now() }));
  const shown = await eventually(async () => {
    const seen = await cards();
    return seen[0]?.lines.length === 2 ? seen : undefined;
  }, 30);
  expect(shown).toMatchObject([{ text: "The contract “Mill lease” is completed." }]);
}, 40_000);

it("does through a socket, where there is an app token, all that people do over HTTP", async () => {
  await tell(store, "mill", described(), sent());
  const slack = await openSocketSlack(
    slashDeed("status mill"),
    buttonDeed(actionIds.quiet, quietValue({ span: "mute", contractId: "docusign/mill" })),
    modalDeed(settingsId, { more: { more: { selected_options: [{ value: "own_actions" }] } } }),
  );
  bot.process.kill("SIGKILL");
  bot = await startBot({ SLACK_APP_TOKEN: "xapp-1", SLACK_API_URL: slack.apiUrl });
  const heard = (words: string) =>
    eventually(async () => slack.heard.find((answer) => answer.includes(words)), 30);
  await heard("The contract “Mill lease” is sent");
  await heard("“Mill lease” is muted for you");
  expect(await heard('"deed 1"')).toBe('{"envelope_id":"deed 1","payload":{}}');
  expect(await heard('"deed 2"')).toContain('"response_action":"update"');
  expect(await readQuieted(store, "docusign/mill")).toMatchObject([{ audience: "U1" }]);
  const who = { workspace: "", userId: "U1" };
  const person = await eventually(async () => (await readPerson(store, who)) ?? undefined);
  expect(person.settings).toMatchObject({ ownActions: true, dm: { signed: false } });
  expect((await fetch(`${bot.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${bot.url}/readyz`)).status).toBe(200);
  expect(await stopBot()).toBe(0);
  await slack.close();
}, 60_000);

it("ends when it is told to while its database is being opened", async () => {
  bot.process.kill("SIGKILL");
  const slack = await openSocketSlack();
  const held = await holdMigrations(store.schema);
  bot = await startBot({ SLACK_APP_TOKEN: "xapp-1", SLACK_API_URL: slack.apiUrl });
  const stopped = stopBot();
  const asking = () => fetch(`${bot.url}/healthz`);
  await vi.waitFor(() => expect(asking()).rejects.toThrow("fetch failed"), 5_000);
  await held[Symbol.asyncDispose]();
  expect(await stopped).toBe(0);
  await slack.close();
}, 60_000);
