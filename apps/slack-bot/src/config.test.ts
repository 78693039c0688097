import { expect, it } from "vitest";
import { readConfig, readSlack } from "./config.ts";
import { configFile } from "./testing/config-file.ts";

const whole = configFile(`
sources:
  - { name: sales, provider: docusign, secrets: ["\${DOCUSIGN_SECRET}"] }
slack: { channel: C0123456789, messagesPerSecond: 2 }
hubspot: { linkField: deal, pipelines: {} }
`);

const environment = {
  COUNTERSIGN_CONFIG: whole,
  DATABASE_URL: "postgres://localhost/countersign",
  SLACK_BOT_TOKEN: "xoxb-1",
  SLACK_SIGNING_SECRET: "secret",
};

it("reads what the bot needs, without the other apps' secrets", () => {
  const config = readConfig({ ...environment, SLACK_API_URL: "http://127.0.0.1:4000/slack/api" });
  expect(config).toMatchObject({
    port: 3001,
    slack: { channel: "C0123456789" },
    limits: { "chat.postMessage": { perSecond: 2, per: "channel" } },
    apiUrl: "http://127.0.0.1:4000/slack/api/",
    inlet: { mode: "http", signingSecret: "secret" },
    roles: { admins: null, allowed: { muteForOthers: "admins" } },
    dealFields: { hubspot: "deal" },
    sources: [{ name: "sales" }],
  });
});

it("takes the socket where there is an app token", () => {
  const config = readConfig({ ...environment, SLACK_APP_TOKEN: "xapp-1" });
  expect(config.inlet).toEqual({ mode: "socket", appToken: "xapp-1" });
});

it.each([
  ["SLACK_BOT_TOKEN", "", "SLACK_BOT_TOKEN: set it to the app's bot token"],
  ["SLACK_SIGNING_SECRET", "", "SLACK_SIGNING_SECRET: set it to the app's signing secret"],
  ["SLACK_APP_TOKEN", "xoxb-1", "SLACK_APP_TOKEN: must begin with xapp-"],
  ["COUNTERSIGN_CONFIG", configFile("hubspot: { pipelines: {} }"), "there is no slack section"],
])("says what is wrong with %s", (variable, value, words) => {
  expect(() => readConfig({ ...environment, [variable]: value })).toThrow(words);
});

it("reads what any file says of Slack, and asks for credentials only when they are needed", () => {
  const other = configFile("slack: { channel: C0000000009, directMessages: false }");
  const slack = readSlack({ COUNTERSIGN_CONFIG: whole }, other);
  expect(slack).toMatchObject({
    way: "token",
    allowed: [],
    said: { hearing: { defaultChannel: { channel: "C0000000009" }, directMessages: false } },
  });
  expect(() => slack?.access()).toThrow("SLACK_BOT_TOKEN: set it to the app's bot token");
  expect(readSlack(environment)).toMatchObject({ said: { dealFields: { hubspot: "deal" } } });
  expect(readSlack(environment, configFile("hubspot: { pipelines: {} }"))).toBeNull();
});

it("knows that workspaces install the app by OAuth", () => {
  const file = configFile("slack: { channel: C0000000009, workspaces: [T0000000001] }");
  expect(readSlack({ SLACK_CLIENT_ID: "1.2" }, file)).toMatchObject({
    way: "oauth",
    allowed: ["T0000000001"],
    said: { hearing: { defaultChannel: { workspace: "T0000000001" } } },
  });
});
