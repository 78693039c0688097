import { readInstallation } from "@countersign/store";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { keys, openOAuthBench, walk, type OAuthBench, type Process } from "./testing/bench.ts";

const rotating = { clientId: "sandbox-rotating" };
const team = "T200000001";
let bench: OAuthBench;
let bots: [Process, Process];
beforeAll(async () => {
  bench = await openOAuthBench();
  bots = [await bench.start(rotating), await bench.start(rotating)];
});
beforeEach(async () => {
  await bench.sandbox.reset();
  await walk(bots[0], { team });
});
afterEach(async () => {
  for (const bot of bots) bot.unrenewed.length = 0;
});
afterAll(() => bench[Symbol.asyncDispose]());

const refreshes = () =>
  bench.sandbox.slack.calls.filter(({ method }) => method === "oauth.v2.access").length - 1;

async function test({ workspaces }: Process) {
  const { client } = await workspaces.open(team);
  return client.auth.test();
}

it("exchanges a token that ends soon, once over all processes and calls", async () => {
  expect(await test(bots[0])).toMatchObject({ team_id: team });
  expect(refreshes()).toBe(0);
  bench.wait(10 * 3_600 - 60);
  await test(bots[0]);
  expect(refreshes()).toBe(0);
  bench.wait(61);
  const calls = Array.from({ length: 20 }, (_, index) => test(bots[index % 2 === 0 ? 0 : 1]));
  for (const answer of await Promise.all(calls)) expect(answer).toMatchObject({ team_id: team });
  expect(refreshes()).toBe(1);
  bench.wait(11 * 3_600);
  for (const bot of bots) expect(await test(bot)).toMatchObject({ team_id: team });
  expect(refreshes()).toBe(2);
});

it("goes on with a client that was opened before the exchange", async () => {
  const { client } = await bots[0].workspaces.open(team);
  bench.wait(13 * 3_600);
  expect(await client.auth.test()).toMatchObject({ team_id: team });
  expect(refreshes()).toBe(1);
});

it("takes the token that another process got, where Slack refuses its own", async () => {
  await test(bots[0]);
  const { client } = await bots[1].workspaces.open(team);
  const old = client.token ?? "";
  await walk(bots[0], { team });
  await client.auth.revoke({ token: old });
  expect(await client.auth.test()).toMatchObject({ team_id: team });
  expect(bots[1].changes).toEqual([]);
});

it("goes on with the old token while Slack gives none for a moment", async () => {
  await test(bots[0]);
  bench.wait(10.5 * 3_600);
  bench.sandbox.slack.setFault({ kind: "server-error", method: "oauth.v2.access" });
  expect(await test(bots[0])).toMatchObject({ team_id: team });
  expect(bots[0].unrenewed).toEqual([]);
  expect(await test(bots[0])).toMatchObject({ team_id: team });
  expect(refreshes()).toBe(1);
  bench.wait(31);
  expect(await test(bots[0])).toMatchObject({ team_id: team });
  expect(refreshes()).toBe(2);
});

it("says hours before the end that there will be no next token, and then pauses the workspace alone", async () => {
  await walk(bots[0], { team: "T000000001" });
  await test(bots[0]);
  bench.wait(10.5 * 3_600);
  const lost = {
    kind: "error",
    error: "invalid_refresh_token",
    method: "oauth.v2.access",
  } as const;
  bench.sandbox.slack.setFault({ ...lost, times: 1 });
  for (let call = 0; call < 3; call += 1) expect(await test(bots[0])).toMatchObject({ ok: true });
  expect(bots[0].unrenewed).toEqual([team]);
  bench.wait(2 * 3_600);
  await expect(test(bots[0])).rejects.toMatchObject({ name: "WorkspaceAway", seconds: 30 });
  await expect(test(bots[0])).rejects.toMatchObject({ code: "token_expired" });
  expect(bots[0].changes).toMatchObject([{ workspace: team, paused: true, code: "token_expired" }]);
  const other = await bots[0].workspaces.open("T000000001");
  expect(await other.client.auth.test()).toMatchObject({ team_id: "T000000001" });
  await walk(bots[1], { team });
  bench.wait(31);
  expect(await test(bots[0])).toMatchObject({ team_id: team });
  expect(bots[0].changes).toMatchObject([{ paused: true }, { workspace: team, paused: false }]);
});

it("seals with a new key what the old one has sealed", async () => {
  const before = await readInstallation(bots[0].store, team);
  const renewed = await bench.start({ ...rotating, tokenKeys: [keys[1], keys[0]] });
  expect(await test(renewed)).toMatchObject({ team_id: team });
  await renewed.sealAnew();
  const after = await readInstallation(bots[0].store, team);
  expect(after?.sealed).not.toEqual(before?.sealed);
  const withoutOld = await bench.start({ ...rotating, tokenKeys: [keys[1]] });
  expect(await test(withoutOld)).toMatchObject({ team_id: team });
  const withoutNew = await bench.start(rotating);
  await expect(test(withoutNew)).rejects.toMatchObject({ code: "not_installed" });
});
