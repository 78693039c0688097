import { serve, type Listening } from "@countersign/service";
import { dana, mara } from "@countersign/sandbox";
import { ping, readPerson } from "@countersign/store";
import { Router } from "express";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { openStage } from "./acting/testing/stage.ts";
import { createApp } from "./app.ts";
import { findAnswerFaults } from "./blocks/validate.ts";
import { createSlackMetrics } from "./metrics.ts";
import { silent, tell } from "./testing/bench.ts";
import { described, signing } from "./testing/contracts.ts";
import { sendSlash, signingSecret, type SlashOptions } from "./testing/slash.ts";

const stage = openStage();
let listening: Listening;
let url: string;
let isAway = false;

beforeAll(async () => {
  const { ports, sandbox, store } = stage();
  const openedStore = () => {
    if (isAway) throw new Error("The database has not been reached yet.");
    return store;
  };
  const { http } = createApp({
    inlet: { mode: "http", signingSecret },
    apiUrl: `${sandbox.url}/slack/api/`,
    ports: { ...ports, store: openedStore },
    installing: null,
    ready: async () => ping(openedStore()),
    metrics: createSlackMetrics(),
    log: silent,
  });
  listening = await serve(http, 0, "SLACK_BOT_PORT");
  url = `http://127.0.0.1:${listening.port}`;
  sandbox.slack.setBot(url);
  await tell(store, "mill", described({ fields: { hubspot_deal_id: "4711" } }), signing.sent);
  for (const id of ["a", "b", "c", "d", "e", "f"]) {
    await tell(store, `nda-${id}`, described({ title: `NDA <!here> ${id}` }), signing.sent);
  }
});
afterAll(async () => listening[Symbol.asyncDispose]());

const person = (id = dana.id) => stage().sandbox.slack.person(id);
const Answer = z.looseObject({
  response_type: z.enum(["ephemeral", "in_channel"]),
  text: z.string(),
  blocks: z.array(z.unknown()),
});

async function ask(text: string) {
  const response = await sendSlash({ url, text });
  expect(response.status).toBe(200);
  const message = Answer.parse(await response.json());
  expect(findAnswerFaults(message)).toEqual([]);
  return message;
}

describe("/contract", () => {
  it.each([
    ["status mill", "The contract “Mill lease” is sent; nobody of 2 has signed."],
    ["status lease ann", "The contract “Mill lease” is sent; nobody of 2 has signed."],
    ["status docusign/nda-a", "The contract “NDA &lt;!here&gt; a” is sent"],
    ["status nda-b", "The contract “NDA &lt;!here&gt; b” is sent"],
    ["status ferry", "No contract answers to “ferry”. Try a word of its title"],
    ["status <!channel> ferry", "No contract answers to “&lt;!channel&gt; ferry”."],
    ["status", "Say which contract"],
    ["stauts mill", "I do not know “stauts”. Did you mean “status”?"],
    ["frobnicate", "I do not know “frobnicate”."],
    ["help", "/contract status"],
    ["", "/contract status"],
  ])("answers %j", async (text, said) => {
    const { text: answered, response_type } = await ask(text);
    expect(answered).toContain(said);
    expect(response_type).toBe("ephemeral");
  });

  it("lets people pick one of several", async () => {
    const me = await person();
    await me.command("/contract status nda");
    const picker = (await me.sees()).ephemerals.at(-1);
    const spot = { channel: picker?.channel ?? "", ts: picker?.ts ?? "" };
    expect(await me.act({ spot, actionId: "pick" })).toMatchObject({ done: true });
    await vi.waitFor(async () => {
      expect((await me.sees()).ephemerals.at(-1)?.text).toContain("is sent");
    });
  });

  it("answers the same request once", async () => {
    const triggerId = "100.200.same";
    const first = await sendSlash({ url, text: "mute mill for me", triggerId });
    expect(await first.text()).toContain("is muted");
    const second = await sendSlash({ url, text: "mute mill for me", triggerId });
    expect([second.status, await second.text()]).toEqual([200, ""]);
  });

  it("says so when the state cannot be read", async () => {
    isAway = true;
    const { text } = await ask("status mill");
    isAway = false;
    expect(text).toBe("I cannot read the contracts right now. Try again in a minute.");
  });
});

describe("modals", () => {
  it("open, are handed in, and say what came of it", async () => {
    const me = await person(mara.id);
    await me.command("/contract settings");
    const { modal } = await me.sees();
    expect(modal).toMatchObject({ callback_id: expect.any(String), type: "modal" });
    expect(await me.submit(modal?.id ?? "")).toMatchObject({ done: true });
    const { modal: notice } = await me.sees();
    expect(JSON.stringify(notice)).toContain("Saved");
  });

  it("that take longer than Slack waits do what they are for, and do not deny it", async () => {
    const me = await person(dana.id);
    await me.command("/contract settings");
    const { modal } = await me.sees();
    const { store } = stage();
    const holder = await store.database.connect();
    await holder.query("begin; lock table people in exclusive mode");
    expect(await me.submit(modal?.id ?? "")).toMatchObject({ done: true });
    const notice = JSON.stringify((await me.sees()).modal);
    await holder.query("commit");
    holder.release();
    expect(notice).toContain("It may be done all the same");
    await vi.waitFor(async () => {
      const saved = await readPerson(store, { workspace: "", userId: dana.id });
      expect(saved?.settings).toMatchObject({ ownActions: false });
    });
  });

  it("come by a shortcut, from anywhere and on a message", async () => {
    const me = await person(mara.id);
    await me.shortcut("find_contract");
    await vi.waitFor(async () => {
      expect(JSON.stringify((await me.sees()).modal)).toContain("Find contract");
    });
  });
});

describe("what Slack did not send", () => {
  const now = Math.floor(Date.now() / 1_000);
  const cases: [string, Partial<SlashOptions>][] = [
    ["with another secret", { secret: "guessed" }],
    ["six minutes ago", { sentAt: now - 360 }],
    ["an hour from now", { sentAt: now + 3_600 }],
  ];
  it.each(cases)("is refused when signed %s", async (_, how) => {
    const response = await sendSlash({ url, text: "status mill", ...how });
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain("Mill");
  });

  it("is refused when not signed", async () => {
    const response = await fetch(`${url}/slack/events`, { method: "POST", body: "text=status" });
    expect(response.status).toBe(401);
  });
});

it("is ready while the database is there", async () => {
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  isAway = true;
  expect((await fetch(`${url}/readyz`)).status).toBe(503);
  isAway = false;
  expect(await (await fetch(`${url}/metrics`)).text()).toContain("destination_paused");
});

it("tells whoever meets a fault of ours nothing of it", async () => {
  const { ports, sandbox, store } = stage();
  const broken = Router().get("/slack/install", () => {
    throw new Error("something within");
  });
  const { http } = createApp({
    inlet: { mode: "http", signingSecret },
    apiUrl: `${sandbox.url}/slack/api/`,
    ports,
    installing: broken,
    ready: async () => ping(store),
    metrics: createSlackMetrics(),
    log: silent,
  });
  await using served = await serve(http, 0, "SLACK_BOT_PORT");
  const response = await fetch(`http://127.0.0.1:${served.port}/slack/install`);
  expect(response.status).toBe(500);
  expect(await response.text()).toBe("The request failed.");
});
