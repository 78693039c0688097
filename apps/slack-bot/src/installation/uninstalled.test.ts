import { readInstallations } from "@countersign/store";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { openOAuthBench, walk, type OAuthBench, type Process } from "./testing/bench.ts";

const [north, south] = ["T000000001", "T200000001"];
let bench: OAuthBench;
let bot: Process;
beforeAll(async () => {
  bench = await openOAuthBench();
  bot = await bench.start();
  bench.sandbox.slack.setBot(bot.url);
});
beforeEach(async () => {
  await bench.sandbox.reset();
  await bot.store.database.query("delete from installations");
  bench.wait(31);
  bot.changes.length = 0;
  await walk(bot, { team: north });
});
afterAll(() => bench[Symbol.asyncDispose]());

const ids = async () => (await readInstallations(bot.store)).map(({ id }) => id);
const tell = (type: string, teamId: string) =>
  bench.sandbox.slack.tell({ type, tokens: { oauth: ["U1"], bot: [] } }, { teamId });

it("forgets a workspace that took the app out, and no other", async () => {
  await walk(bot, { team: south });
  const { client } = await bot.workspaces.open(south);
  const delivered = await bench.sandbox.slack.uninstall(south);
  expect(delivered.map(({ answers }) => answers)).toEqual([[200], [200]]);
  expect(await ids()).toEqual([north]);
  expect(await bot.workspaces.all()).toEqual([north]);
  await expect(client.auth.test()).rejects.toMatchObject({ name: "WorkspaceAway" });
  await expect(bot.workspaces.open(south)).rejects.toMatchObject({ code: "not_installed" });
  const other = await bot.workspaces.open(north);
  expect(await other.client.auth.test()).toMatchObject({ team_id: north });
});

it("forgets an organization that took the app out", async () => {
  await walk(bot, { team: south, org: "1" });
  expect(await ids()).toEqual(["E200000001", north]);
  await bench.sandbox.slack.uninstall(south);
  expect(await ids()).toEqual([north]);
});

it("keeps an installation whose token works: the event is late, or about somebody's own token", async () => {
  await tell("app_uninstalled", north);
  await tell("tokens_revoked", north);
  expect(await ids()).toEqual([north]);
  await bench.sandbox.slack.uninstall(north);
  await walk(bot, { team: north });
  await tell("app_uninstalled", north);
  expect(await ids()).toEqual([north]);
});

it("keeps it while Slack cannot be asked, and for a workspace that is not known does nothing", async () => {
  bench.sandbox.slack.setFault({ kind: "server-error", method: "auth.test" });
  await tell("app_uninstalled", north);
  expect(await ids()).toEqual([north]);
  await tell("app_uninstalled", south);
  expect(await ids()).toEqual([north]);
});

it("pauses a workspace whose token was revoked, with one alert, while another goes on", async () => {
  await walk(bot, { team: south });
  const { client } = await bot.workspaces.open(south);
  await client.auth.revoke();
  for (let call = 0; call < 5; call += 1) {
    const posting = client.chat.postMessage({ channel: "C200000002", text: "x" });
    await expect(posting).rejects.toMatchObject({ name: "WorkspaceAway", code: "token_revoked" });
  }
  const calls = bench.sandbox.slack.calls.length;
  const again = await bot.workspaces.open(south);
  await expect(again.client.auth.test()).rejects.toMatchObject({ seconds: 30 });
  expect(bench.sandbox.slack.calls).toHaveLength(calls);
  expect(bot.changes).toMatchObject([{ workspace: south, paused: true, code: "token_revoked" }]);
  const other = await bot.workspaces.open(north);
  expect(await other.client.auth.test()).toMatchObject({ team_id: north });
});
