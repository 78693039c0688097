import { expect, test } from "vitest";
import { openStage } from "../../testing/slack-stage.ts";
import { northgate, southgate } from "../teams.ts";
import { oauthClients } from "./client.ts";

const stage = openStage();
const back = "https://bot.example/slack/oauth_redirect";
const [steady, rotating] = oauthClients;

/** Walks the page as a browser would; where it sends the person. */
async function allow(
  more: Record<string, string>,
  clientId: string = steady.clientId,
): Promise<URL> {
  const url = new URL(`${stage.sandbox.url}/slack/oauth/v2/authorize`);
  const scope = "chat:write,commands";
  url.search = String(
    new URLSearchParams({ client_id: clientId, scope, redirect_uri: back, ...more }),
  );
  const answer = await fetch(url, { redirect: "manual" });
  return new URL(answer.headers.get("location") ?? "about:blank");
}

const exchange = (code: string, client: (typeof oauthClients)[number] = steady) =>
  stage.client("").oauth.v2.access({
    client_id: client.clientId,
    client_secret: client.clientSecret,
    redirect_uri: back,
    code,
  });

const codeOf = (url: URL) => url.searchParams.get("code") ?? "";

test("each workspace is installed by itself, with ids and people of its own", async () => {
  const sent = await allow({ team: southgate.id, state: "s 1" });
  expect(sent.searchParams.get("state")).toBe("s 1");
  const installed = await exchange(codeOf(sent));
  expect(installed).toMatchObject({
    team: { id: "T200000001", name: "Southgate" },
    token_type: "bot",
    scope: "chat:write,commands",
    bot_user_id: "U20COUNTER",
    authed_user: { id: "U200000001" },
    is_enterprise_install: false,
  });
  expect(installed).not.toHaveProperty("refresh_token");
  const client = stage.client(String(installed.access_token));
  expect(await client.auth.test()).toMatchObject({
    team_id: "T200000001",
    user_id: "U20COUNTER",
    response_metadata: { scopes: ["chat:write", "commands"] },
  });
  await client.chat.postMessage({ channel: "C200000002", text: "Hello <@U200000002>" });
  await expect(client.users.info({ user: "U000000001" })).rejects.toThrow("user_not_found");
  await expect(client.chat.postMessage({ channel: "C000000002", text: "x" })).rejects.toThrow(
    "channel_not_found",
  );
  const rosa = await stage.sandbox.slack.person("U200000002");
  await rosa.command("/contract status");
  expect(stage.bot.heard.at(-1)?.payload).toMatchObject({
    team_id: "T200000001",
    channel_id: "C200000002",
    user_id: "U200000002",
  });
  const contracts = (await rosa.sees()).channels.find(({ id }) => id === "C200000002");
  expect(contracts?.messages).toMatchObject([
    { author: "Countersign", text: "Hello <@U200000002>" },
  ]);
  const { conversations } = await stage.sandbox.slack.view();
  expect(conversations.flatMap(({ messages }) => messages)).toEqual([]);
});

test("a code is exchanged once, by the app that it was given to, within ten minutes", async () => {
  const code = codeOf(await allow({ team: northgate.id }));
  await expect(exchange(code, rotating)).rejects.toThrow("invalid_code");
  await expect(exchange(code)).rejects.toThrow("invalid_code");
  const late = codeOf(await allow({ team: northgate.id }));
  stage.wait(601);
  await expect(exchange(late)).rejects.toThrow("invalid_code");
});

test("an access token ends after twelve hours; a refresh token is good for one", async () => {
  const code = codeOf(await allow({ team: southgate.id }, rotating.clientId));
  const installed = await exchange(code, rotating);
  expect(installed).toMatchObject({ expires_in: 43_200, refresh_token: expect.any(String) });
  stage.wait(43_201);
  const old = stage.client(String(installed.access_token));
  await expect(old.auth.test()).rejects.toThrow("token_expired");
  const refresh = () =>
    stage.client("").oauth.v2.access({
      client_id: rotating.clientId,
      client_secret: rotating.clientSecret,
      grant_type: "refresh_token",
      refresh_token: String(installed.refresh_token),
    });
  const refreshed = await refresh();
  expect(await stage.client(String(refreshed.access_token)).auth.test()).toMatchObject({
    team_id: southgate.id,
  });
  expect(refreshed.refresh_token).not.toBe(installed.refresh_token);
  await expect(refresh()).rejects.toThrow("invalid_refresh_token");
});

test("the page asks for the workspace, and tells of a refusal", async () => {
  const url = `${stage.sandbox.url}/slack/oauth/v2/authorize?client_id=sandbox&redirect_uri=${back}`;
  const page = await (await fetch(url)).text();
  expect(page).toContain("Allow in Northgate");
  expect(page).toContain("Allow in Southgate");
  const denied = await allow({ team: southgate.id, deny: "1" });
  expect(denied.searchParams.get("error")).toBe("access_denied");
  expect((await fetch(url.replace("=sandbox", "=nobody"))).status).toBe(400);
});

test("an uninstalled app is told, and its tokens end", async () => {
  const installed = await exchange(codeOf(await allow({ team: southgate.id })));
  await stage.sandbox.slack.uninstall(southgate.id);
  expect(stage.bot.heard.map(({ type }) => type)).toEqual(["tokens_revoked", "app_uninstalled"]);
  expect(stage.bot.heard[0]?.payload).toMatchObject({ team_id: southgate.id });
  const client = stage.client(String(installed.access_token));
  await expect(client.auth.test()).rejects.toThrow("account_inactive");
  expect(await stage.client().auth.test()).toMatchObject({ team_id: northgate.id });
});

test("an app installed for a whole organization is asked in the organization's name", async () => {
  const installed = await exchange(codeOf(await allow({ team: southgate.id, org: "1" })));
  const enterprise = { id: "E200000001", name: "Southgate Group" };
  expect(installed).toMatchObject({ enterprise, team: null, is_enterprise_install: true });
  const client = stage.client(String(installed.access_token));
  expect(await client.auth.test()).toMatchObject({
    enterprise_id: enterprise.id,
    is_enterprise_install: true,
  });
  const rosa = await stage.sandbox.slack.person("U200000002");
  await rosa.command("/contract status");
  expect(stage.bot.heard.at(-1)?.payload).toMatchObject({
    enterprise_id: enterprise.id,
    is_enterprise_install: "true",
    team_id: southgate.id,
  });
  await rosa.shortcut("find_contract");
  expect(stage.bot.heard.at(-1)?.payload).toMatchObject({
    enterprise,
    is_enterprise_install: true,
  });
  await rosa.openHome();
  expect(stage.bot.heard.at(-1)?.payload).toMatchObject({
    enterprise_id: enterprise.id,
    authorizations: [{ enterprise_id: enterprise.id, team_id: null, is_enterprise_install: true }],
  });
  await stage.sandbox.slack.uninstall(southgate.id);
  expect(stage.bot.heard.at(-1)?.payload).toMatchObject({
    event: { type: "app_uninstalled" },
    authorizations: [{ enterprise_id: enterprise.id, is_enterprise_install: true }],
  });
});
