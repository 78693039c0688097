import { describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";
import { configFile } from "./testing/config-file.ts";

const key = Buffer.alloc(32, 7).toString("base64");
const other = Buffer.alloc(32, 8).toString("base64");

const base = {
  COUNTERSIGN_CONFIG: configFile("slack: { workspaces: [T0123456789, E0123456789] }"),
  DATABASE_URL: "postgres://localhost/countersign",
  SLACK_SIGNING_SECRET: "secret",
};
const oauth = {
  ...base,
  SLACK_CLIENT_ID: "1.2",
  SLACK_CLIENT_SECRET: "client secret",
  SLACK_STATE_SECRET: "a long random text",
  SLACK_TOKEN_KEY: key,
};

it("is one workspace by token", () => {
  const { access } = readConfig({ ...base, SLACK_BOT_TOKEN: "xoxb-1" });
  expect(access).toEqual({ way: "token", botToken: "xoxb-1" });
});

it("is OAuth, with one key or several, the newest first", () => {
  const { access, slack } = readConfig(oauth);
  expect(access).toEqual({
    way: "oauth",
    clientId: "1.2",
    clientSecret: "client secret",
    stateSecret: "a long random text",
    tokenKeys: [Buffer.alloc(32, 7)],
  });
  expect(slack.workspaces).toEqual(["T0123456789", "E0123456789"]);
  const rotated = readConfig({ ...oauth, SLACK_TOKEN_KEY: `${other}, ${key}` });
  expect(rotated.access).toMatchObject({ tokenKeys: [Buffer.alloc(32, 8), Buffer.alloc(32, 7)] });
});

describe("what is wrong is said with its variable and the fix", () => {
  it.each([
    ["SLACK_CLIENT_ID", "", "SLACK_CLIENT_ID: set it to the app's client id"],
    ["SLACK_CLIENT_SECRET", "", "SLACK_CLIENT_SECRET: set it to the app's client secret"],
    ["SLACK_STATE_SECRET", "", "SLACK_STATE_SECRET: set it to a long random text"],
    ["SLACK_STATE_SECRET", "short", "SLACK_STATE_SECRET: must be at least 16"],
    ["SLACK_TOKEN_KEY", "", "SLACK_TOKEN_KEY: set it to 32 random bytes in base64"],
    ["SLACK_TOKEN_KEY", "c2hvcnQ=", "SLACK_TOKEN_KEY: must be 32 random bytes in base64"],
    ["SLACK_TOKEN_KEY", `${key},c2hvcnQ=`, "SLACK_TOKEN_KEY: must be 32 random bytes"],
    ["SLACK_BOT_TOKEN", "xoxb-1", "SLACK_BOT_TOKEN: unset it where workspaces install the app"],
  ])("%s = %j", (variable, value, words) => {
    expect(() => readConfig({ ...oauth, [variable]: value })).toThrow(words);
  });

  it("where nothing is given", () => {
    expect(() => readConfig(base)).toThrow(
      "SLACK_BOT_TOKEN: set it to the app's bot token, xoxb-… (Slack: OAuth & Permissions), or set SLACK_CLIENT_ID",
    );
  });
});
