import { serve, type Listening } from "@countersign/service";
import { ping, type Store } from "@countersign/store";
import { openTestStore } from "@countersign/store/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "./app.ts";
import { findFaults } from "./blocks/validate.ts";
import { commands } from "./commands/index.ts";
import { createSlackMetrics } from "./metrics.ts";
import { readState } from "./state.ts";
import { context, silent, tell } from "./testing/bench.ts";
import { described, signing } from "./testing/contracts.ts";
import { sendSlash, signingSecret, type SlashOptions } from "./testing/slash.ts";

let store: Store;
let listening: Listening;
let url: string;
let isAway = false;

const openedStore = () => {
  if (isAway) throw new Error("The database has not been reached yet.");
  return store;
};

beforeAll(async () => {
  store = await openTestStore();
  const { http } = createApp({
    inlet: { mode: "http", signingSecret },
    botToken: "xoxb-test",
    apiUrl: "http://127.0.0.1:1/api/",
    commands,
    state: readState(openedStore, context),
    ready: async () => ping(openedStore()),
    now: () => new Date(),
    metrics: createSlackMetrics(),
    log: silent,
  });
  listening = await serve(http, 0, "SLACK_BOT_PORT");
  url = `http://127.0.0.1:${listening.port}`;
  await tell(store, "mill", described({ fields: { hubspot_deal_id: "4711" } }), signing.sent);
  for (const id of ["a", "b", "c", "d", "e", "f"]) {
    await tell(store, `nda-${id}`, described({ title: `NDA <!here> ${id}` }), signing.sent);
  }
});
afterAll(async () => {
  await listening[Symbol.asyncDispose]();
  await store.close();
});

const Answer = z.strictObject({
  response_type: z.literal("ephemeral"),
  text: z.string(),
  blocks: z.array(z.unknown()),
});

async function ask(text: string) {
  const response = await sendSlash({ url, text });
  expect(response.status).toBe(200);
  const { response_type: _, ...message } = Answer.parse(await response.json());
  expect(findFaults(message)).toEqual([]);
  return message;
}

describe("/contract", () => {
  it.each([
    ["status mill", "The contract “Mill lease” is sent; nobody of 2 has signed."],
    ["status lease ann", "The contract “Mill lease” is sent; nobody of 2 has signed."],
    ["status docusign/nda-a", "The contract “NDA &lt;!here&gt; a” is sent"],
    ["status nda-b", "The contract “NDA &lt;!here&gt; b” is sent"],
    ["status nda", "More than 5 contracts answer to “nda”. Add a word to name one."],
    ["status ferry", "No contract answers to “ferry”. Try a word of its title"],
    ["status <!channel> ferry", "No contract answers to “&lt;!channel&gt; ferry”."],
    ["status", "Say which contract"],
    ["stauts mill", "I do not know “stauts”. Did you mean “status”?"],
    ["frobnicate", "I do not know “frobnicate”."],
    ["help", "/contract status"],
    ["", "What you can ask:"],
  ])("answers %j", async (text, said) => {
    const { text: answered } = await ask(text);
    expect(answered).toContain(said);
  });

  it("shows the one contract as its card, with its deal", async () => {
    const { blocks } = await ask("status mill");
    expect(JSON.stringify(blocks)).toContain("*HubSpot deal* 4711");
  });

  it("lists five of many", async () => {
    const { blocks } = await ask("status nda");
    expect(blocks).toHaveLength(6);
  });

  it("says so when the state cannot be read", async () => {
    isAway = true;
    const { text } = await ask("status mill");
    isAway = false;
    expect(text).toBe("I cannot read the contracts right now. Try again in a minute.");
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
