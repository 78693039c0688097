import { createServer } from "node:http";
import {
  LogLevel,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
} from "@slack/web-api";
import express from "express";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { botToken } from "../credentials.ts";
import { close, listen } from "../listening.ts";
import { openSlack, type SlackFake } from "./index.ts";
import { contractsChannel } from "./teams.ts";

const channel = contractsChannel.id;
const now = new Date("2026-11-23T10:00:00.000Z");
let slack: SlackFake;
let client: WebClient;
let writes = 0;
const server = createServer();

beforeAll(async () => {
  slack = await openSlack({ now: () => now, onWrite: () => (writes += 1) });
  server.on("request", express().use("/slack/api", slack.router));
  const port = await listen(server, 0);
  client = new WebClient(botToken, {
    slackApiUrl: `http://127.0.0.1:${port}/slack/api/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 300,
    logLevel: LogLevel.ERROR,
  });
});

afterAll(async () => {
  await close(server);
  await slack.close();
});

beforeEach(async () => {
  await slack.reset();
  writes = 0;
});

async function messages(): Promise<string[]> {
  const { conversations } = await slack.view();
  const contracts = conversations.find(({ id }) => id === channel);
  return contracts?.messages.map(({ text }) => text) ?? [];
}

const post = (text: string) => client.chat.postMessage({ channel, text });

test("passes calls through and remembers them", async () => {
  await post("Signed");
  await client.conversations.info({ channel });
  expect(await messages()).toEqual(["Signed"]);
  expect(slack.calls).toEqual([
    { method: "chat.postMessage", channel, at: now.toISOString() },
    { method: "conversations.info", channel, at: now.toISOString() },
  ]);
  expect(writes).toBe(1);
});

test.each([
  [
    "rate-limited",
    { kind: "rate-limited", retryAfterSeconds: 7 },
    WebAPIRateLimitedError,
    { retryAfter: 7 },
  ],
  ["server-error", { kind: "server-error" }, WebAPIHTTPError, { statusCode: 500 }],
  [
    "error",
    { kind: "error", error: "token_revoked" },
    WebAPIPlatformError,
    { data: { error: "token_revoked" } },
  ],
  [
    "garbage",
    { kind: "garbage" },
    WebAPIPlatformError,
    { data: { error: expect.stringContaining("<!doctype html>") } },
  ],
  ["hang", { kind: "hang" }, WebAPIRequestError, {}],
] as const)(
  "%s: nothing is applied, and the next call succeeds",
  async (_name, fault, type, details) => {
    slack.setFault(fault);
    const failure = await post("Signed").catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(type);
    expect(failure).toMatchObject(details);
    expect(await messages()).toEqual([]);
    await post("Signed");
    expect(await messages()).toEqual(["Signed"]);
  },
);

test("drop-after-applying: the caller fails, the message is there", async () => {
  slack.setFault({ kind: "drop-after-applying" });
  await expect(post("Signed")).rejects.toBeInstanceOf(WebAPIRequestError);
  expect(await messages()).toEqual(["Signed"]);
});

test("a fault reaches only the method and channel it names, as often as it says", async () => {
  slack.setFault({ kind: "error", error: "is_archived", method: "chat.update", times: 2 });
  slack.setFault({ kind: "error", error: "not_in_channel", channel: "C000000001" });
  const { ts = "" } = await post("Sent");
  const update = () => client.chat.update({ channel, ts, text: "Signed" });
  await expect(update()).rejects.toThrow("is_archived");
  await expect(update()).rejects.toThrow("is_archived");
  await update();
  await expect(client.chat.postMessage({ channel: "C000000001", text: "x" })).rejects.toThrow(
    "not_in_channel",
  );
  expect(await messages()).toEqual(["Signed"]);
});

test("a fault reaches only the calls that say what it names", async () => {
  slack.setFault({ kind: "error", error: "invalid_blocks", saying: "“Lease” & more", times: 9 });
  const blocks = [{ type: "header", text: { type: "plain_text", text: "“Lease” & more" } }];
  await expect(client.chat.postMessage({ channel, text: "x", blocks })).rejects.toThrow(
    "invalid_blocks",
  );
  await post("Signed");
  expect(await messages()).toEqual(["Signed"]);
});

test("history is not told from before the time that is asked for", async () => {
  await post("Early");
  const { ts = "" } = await post("Late");
  const { messages: late } = await client.conversations.history({ channel, oldest: ts });
  expect(late?.map(({ text }) => text)).toEqual(["Late"]);
});

test("the emulator's own limit of calls is out of reach", { timeout: 30_000 }, async () => {
  const url = `${client.slackApiUrl}auth.test`;
  const headers = { authorization: `Bearer ${botToken}` };
  const call = () => fetch(url, { method: "POST", headers });
  for (let calls = 0; calls < 5_000; calls += 100) {
    await Promise.all(Array.from({ length: 100 }, call));
  }
  expect((await call()).status).toBe(200);
});

test("cleared faults are gone", async () => {
  slack.setFault({ kind: "hang", times: 3 });
  slack.clearFaults();
  await post("Signed");
  expect(await messages()).toEqual(["Signed"]);
});

test("replies stand under their message, edits in its place", async () => {
  const metadata = { event_type: "countersign_card", event_payload: { key: "card of a" } };
  const { ts = "" } = await client.chat.postMessage({ channel, text: "Sent", metadata });
  await client.chat.postMessage({ channel, thread_ts: ts, text: "Viewed" });
  await client.chat.update({ channel, ts, text: "Signed" });
  const { conversations } = await slack.view();
  const contracts = conversations.find(({ id }) => id === channel);
  expect(contracts?.messages).toMatchObject([
    {
      author: "Countersign",
      text: "Signed",
      editedAt: expect.any(String),
      key: "card of a",
      replies: [{ text: "Viewed", key: null }],
    },
  ]);
});
