import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { commands } from "./commands/index.ts";
import { events } from "./events/index.ts";
import { createManifest, type ManifestOptions } from "./manifest.ts";
import { shortcuts } from "./shortcuts/index.ts";
import { configFile } from "./testing/config-file.ts";

const https = "https://countersign.example";
const lists = { commands, shortcuts, events, unfurlDomains: ["docusign.net"] };

function manifestOf(more: Partial<ManifestOptions> = {}) {
  return createManifest({ ...lists, address: https, isInstalledByOAuth: false, ...more });
}

const schemaFile = new URL("testing/specs/manifest.schema.2.0.0.json", import.meta.url);
const schema: Record<string, unknown> = JSON.parse(readFileSync(schemaFile, "utf8"));
const isManifest = new Ajv({ strict: false, logger: false }).compile(schema);

describe("Slack's own schema", () => {
  it.each([
    ["over HTTP, by token", {}],
    ["over HTTP, by OAuth", { isInstalledByOAuth: true }],
    ["in Socket Mode", { address: null }],
    ["without links", { unfurlDomains: [] }],
  ])("takes the manifest: %s", (_, more) => {
    isManifest(manifestOf(more));
    expect(isManifest.errors).toBeNull();
  });

  it("refuses what is none", () => {
    expect(isManifest({ ...manifestOf(), feature: {} })).toBe(false);
    expect(isManifest({ ...manifestOf(), display_information: {} })).toBe(false);
  });
});

it("tells Slack where commands, buttons, menus and events go", () => {
  const { features, settings } = manifestOf();
  const address = `${https}/slack/events`;
  expect(features.slash_commands).toEqual([
    expect.objectContaining({ command: "/contract", url: address, should_escape: true }),
  ]);
  expect(settings.interactivity).toEqual({
    is_enabled: true,
    request_url: address,
    message_menu_options_url: address,
  });
  expect(settings.event_subscriptions).toEqual({
    request_url: address,
    bot_events: ["app_home_opened", "app_uninstalled", "link_shared", "tokens_revoked"],
  });
  expect(settings.socket_mode_enabled).toBe(false);
});

it("offers both shortcuts, App Home with its messages, and the links", () => {
  const { features } = manifestOf();
  expect(features.shortcuts).toMatchObject([
    { name: "Find contract", type: "global", callback_id: "find_contract" },
    { name: "Link to deal", type: "message", callback_id: "link_to_deal" },
  ]);
  expect(features.app_home).toMatchObject({ home_tab_enabled: true, messages_tab_enabled: true });
  expect(features).toHaveProperty("unfurl_domains", ["docusign.net"]);
});

it("hints at every verb but those for admins", () => {
  const [slash] = manifestOf().features.slash_commands;
  const open = commands.filter(({ forAdmins }) => forAdmins !== true);
  expect(slash?.usage_hint.split(" | ")).toEqual(open.map(({ verb }) => verb));
});

it("is for organizations and rotates tokens only where it is installed by OAuth", () => {
  const byToken = manifestOf();
  expect(byToken.settings).toMatchObject({
    org_deploy_enabled: false,
    token_rotation_enabled: false,
  });
  expect(byToken.oauth_config).not.toHaveProperty("redirect_urls");
  const byOAuth = manifestOf({ isInstalledByOAuth: true });
  expect(byOAuth.settings).toMatchObject({
    org_deploy_enabled: true,
    token_rotation_enabled: true,
  });
  expect(byOAuth.oauth_config).toMatchObject({ redirect_urls: [`${https}/slack/oauth_redirect`] });
});

it("names no address for Socket Mode", () => {
  const manifest = manifestOf({ address: null });
  expect(JSON.stringify(manifest)).not.toContain("http");
  expect(manifest.settings.socket_mode_enabled).toBe(true);
});

describe("npm run manifest", () => {
  const script = new URL("print-manifest.ts", import.meta.url).pathname;
  const config = configFile(
    "sources: [{ name: a, provider: docusign, secrets: ['${NOBODY_SET_THIS}'] }]\nhubspot: { pipelines: {} }\n",
  );
  const print = (...words: string[]) =>
    execFileSync(process.execPath, [script, ...words], {
      env: { COUNTERSIGN_CONFIG: config },
      stdio: ["ignore", "pipe", "pipe"],
    }).toString();

  it("prints what Slack takes, with the links of the settings, without any secret", () => {
    const printed: unknown = JSON.parse(print(https, "--oauth"));
    isManifest(printed);
    expect(isManifest.errors).toBeNull();
    expect(JSON.stringify(printed)).toContain("hubspot.com");
    expect(JSON.stringify(printed)).toContain("docusign");
  });

  it("asks for the address that OAuth needs", () => {
    expect(() => print("--oauth")).toThrow("give the address at which Slack reaches the bot");
  });
});
