import { describe, expect, it } from "vitest";
import { forSandbox, realServices, withSandbox } from "./environment.ts";

const sandbox = {
  SLACK_BOT_TOKEN: "sandbox-token",
  SLACK_SIGNING_SECRET: "sandbox-signing",
  SLACK_API_URL: "http://sandbox/slack/api/",
  HUBSPOT_ACCESS_TOKEN: "sandbox-hubspot",
  HUBSPOT_API_URL: "http://sandbox/hubspot",
  SALESFORCE_LOGIN_URL: "http://sandbox/salesforce",
  SALESFORCE_CLIENT_ID: "sandbox-client",
  SALESFORCE_CLIENT_SECRET: "sandbox-client-secret",
  DOCUSIGN_SECRET: "sandbox-docusign",
  DOCUSIGN_INTEGRATION_KEY: "sandbox-integration",
  DOCUSIGN_AUTH_SERVER: "http://sandbox/providers/docusign/api",
};
const { DOCUSIGN_SECRET, ...others } = sandbox;
const withoutDocusign = Object.fromEntries(
  Object.entries(others).filter(([name]) => !name.startsWith("DOCUSIGN_")),
);
const withoutSlack = Object.fromEntries(
  Object.entries(sandbox).filter(([name]) => !name.startsWith("SLACK_")),
);
const withoutSalesforce = Object.fromEntries(
  Object.entries(sandbox).filter(([name]) => !name.startsWith("SALESFORCE_")),
);

describe("withSandbox", () => {
  it.each([
    ["nothing given: all of the sandbox's", {}, sandbox],
    [
      "a real token: nothing of the sandbox for that service",
      { SLACK_BOT_TOKEN: "xoxb-real" },
      { ...withoutSlack, SLACK_BOT_TOKEN: "xoxb-real" },
    ],
    [
      "a credential that the sandbox has no counterpart of",
      { SALESFORCE_USERNAME: "integration" },
      { ...withoutSalesforce, SALESFORCE_USERNAME: "integration" },
    ],
    [
      "an address alone redirects and keeps the sandbox's credentials",
      { HUBSPOT_API_URL: "http://proxy" },
      { ...sandbox, HUBSPOT_API_URL: "http://proxy" },
    ],
    ["an empty value is none", { SLACK_BOT_TOKEN: "" }, sandbox],
    [
      "an app's port is no credential",
      { SLACK_BOT_PORT: "3001" },
      { ...sandbox, SLACK_BOT_PORT: "3001" },
    ],
    [
      "a provider's own secret: nothing of the sandbox for that provider's API",
      { DOCUSIGN_SECRET: "real" },
      { ...withoutDocusign, DOCUSIGN_SECRET: "real" },
    ],
    [
      "a provider's own access: a webhook secret all the same",
      { DOCUSIGN_USER_ID: "real" },
      { ...withoutDocusign, DOCUSIGN_SECRET, DOCUSIGN_USER_ID: "real" },
    ],
  ])("%s", (_name, given, expected) => {
    expect(withSandbox(given, sandbox)).toEqual(expected);
  });
});

describe("forSandbox", () => {
  it("hands on no real credential and no database", () => {
    const given = {
      PATH: "/bin",
      DATABASE_URL: "postgres://secret",
      SLACK_APP_TOKEN: "xapp-real",
      SALESFORCE_PRIVATE_KEY: "real",
      HUBSPOT_ACCESS_TOKEN: "real",
      ADOBE_SIGN_INTEGRATION_KEY: "real",
      SLACK_BOT_PORT: "3001",
    };
    expect(forSandbox(given, sandbox)).toEqual({
      PATH: "/bin",
      SLACK_BOT_PORT: "3001",
      ...sandbox,
    });
  });
});

describe("realServices", () => {
  it("names those with a credential", () => {
    const given = { SLACK_SIGNING_SECRET: "x", HUBSPOT_API_URL: "http://proxy" };
    expect(realServices(given)).toEqual(["SLACK"]);
  });
});
