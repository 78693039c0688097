import { readInstallation, readInstallations } from "@countersign/store";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { openOAuthBench, walk, type OAuthBench, type Process } from "./testing/bench.ts";

let bench: OAuthBench;
let bot: Process;
beforeAll(async () => {
  bench = await openOAuthBench();
  bot = await bench.start();
});
beforeEach(async () => {
  await bench.sandbox.reset();
  await bot.store.database.query("delete from installations");
  bench.wait(31);
});
afterAll(() => bench[Symbol.asyncDispose]());

const ids = async () => (await readInstallations(bot.store)).map(({ id }) => id);

it("installs two workspaces, and writes in each with its own token", async () => {
  const north = await walk(bot, { team: "T000000001" });
  expect(north.status).toBe(200);
  expect(north.page).toContain("Countersign is installed in Northgate.");
  expect(north.page).toContain("https://slack.com/app_redirect?app=A00COUNTER&amp;team=T000000001");
  expect((await walk(bot, { team: "T200000001" })).page).toContain("installed in Southgate");
  expect(await ids()).toEqual(["T000000001", "T200000001"]);
  expect((await bot.workspaces.all()).toSorted()).toEqual(["T000000001", "T200000001"]);
  for (const id of ["T000000001", "T200000001"]) {
    const { client } = await bot.workspaces.open(id);
    expect(await client.auth.test()).toMatchObject({ team_id: id });
  }
});

it("keeps no token where somebody who reads the database would find it", async () => {
  await walk(bot, { team: "T200000001" });
  const { client } = await bot.workspaces.open("T200000001");
  const token = client.token ?? "";
  expect(token).toMatch(/^xoxb-T200000001-/);
  const stored = await readInstallation(bot.store, "T200000001");
  expect(Buffer.from(stored?.sealed ?? []).includes("xoxb")).toBe(false);
  expect(Buffer.from(stored?.sealed ?? []).length).toBeGreaterThan(200);
});

it("keeps an organization's installation under the organization", async () => {
  await walk(bot, { team: "T200000001", org: "1" });
  expect(await ids()).toEqual(["E200000001"]);
  const from = { teamId: "T200000001", enterpriseId: "E200000001" };
  expect(bot.workspaces.keyOf({ ...from, isOrgWide: true })).toBe("E200000001");
  expect(bot.workspaces.keyOf({ ...from, isOrgWide: false })).toBe("T200000001");
  const { client } = await bot.workspaces.open("E200000001");
  expect(await client.auth.test()).toMatchObject({ enterprise_id: "E200000001" });
  await expect(bot.workspaces.open("T200000001")).rejects.toMatchObject({ code: "not_installed" });
});

it("asks Slack for the scopes of the manifest, and keeps the state in this browser alone", async () => {
  const { begun } = await walk(bot, { team: "T000000001" });
  const target = new URL(begun.headers.get("location") ?? "");
  expect(target.pathname).toBe("/slack/oauth/v2/authorize");
  expect(target.searchParams.get("scope")).toBe("chat:write,commands");
  expect(target.searchParams.get("redirect_uri")).toBe(`${bot.url}/slack/oauth_redirect`);
  const cookie = begun.headers.get("set-cookie");
  for (const part of ["HttpOnly", "SameSite=Lax", "Path=/slack", "Max-Age=600"]) {
    expect(cookie).toContain(part);
  }
  const behindProxy = await fetch(`${bot.url}/slack/install`, {
    redirect: "manual",
    headers: { "x-forwarded-proto": "https", "x-forwarded-host": "countersign.example" },
  });
  const back = new URL(behindProxy.headers.get("location") ?? "").searchParams.get("redirect_uri");
  expect(back).toBe("https://countersign.example/slack/oauth_redirect");
  expect(behindProxy.headers.get("set-cookie")).toContain("Secure");
});

it("refuses a state that is another browser's, forged, late or none", async () => {
  const other = await walk(bot, { team: "T000000001", deny: "1" });
  const stolen = await walk(bot, { team: "T000000001" }, { cookie: other.cookie });
  expect(stolen.status).toBe(400);
  expect(stolen.page).toContain("Start again");
  const forged = await walk(bot, { team: "T000000001", state: "e30.AAAA" });
  expect(forged.status).toBe(400);
  const bare = await fetch(`${bot.url}/slack/oauth_redirect?code=x`);
  expect(bare.status).toBe(400);
  const { back, cookie } = await walk(bot, { team: "T000000001", deny: "1" });
  bench.wait(601);
  expect((await fetch(back, { headers: { cookie } })).status).toBe(400);
  expect(await ids()).toEqual([]);
});

it("takes a code once, and takes the state out of the browser", async () => {
  const { back, cookie, status, headers } = await walk(bot, { team: "T000000001" });
  expect(status).toBe(200);
  expect(headers.get("set-cookie")).toMatch(/^countersign_install=;.*Max-Age=0/);
  expect(headers.get("referrer-policy")).toBe("no-referrer");
  expect((await fetch(back, { headers: { cookie } })).status).toBe(400);
});

it("says so where the person did not allow it", async () => {
  const { status, page } = await walk(bot, { team: "T000000001", deny: "1" });
  expect(status).toBe(200);
  expect(page).toContain("You did not allow it");
  expect(await ids()).toEqual([]);
});

it("keeps out a workspace that the settings do not name, and ends the token that it gave", async () => {
  const picky = await bench.start({ allowed: ["T000000001"] });
  const { status, page } = await walk(picky, { team: "T200000001" });
  expect(status).toBe(403);
  expect(page).toContain("have T200000001 added to slack.workspaces in countersign.yaml");
  expect(bench.sandbox.slack.teams().find(({ id }) => id === "T200000001")?.installed).toBe(false);
  expect(await ids()).toEqual([]);
  await walk(bot, { team: "T200000001" });
  expect(await picky.workspaces.all()).toEqual([]);
  await expect(picky.workspaces.open("T200000001")).rejects.toThrow("Asked to come back");
});

it("says what is wrong where Slack refuses the app's secret or is away", async () => {
  const wrong = await bench.start({ clientSecret: "wrong" });
  const refused = await walk(wrong, { team: "T000000001" });
  expect(refused.status).toBe(502);
  expect(refused.page).toContain("Slack answered bad_client_secret.");
  bench.sandbox.slack.setFault({ kind: "server-error", method: "oauth.v2.access" });
  const away = await walk(bot, { team: "T000000001" });
  expect(away.status).toBe(503);
  expect(await ids()).toEqual([]);
});
