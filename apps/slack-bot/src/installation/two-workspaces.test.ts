import { dana, sandboxEnvironment } from "@countersign/sandbox";
import { createLog, serve } from "@countersign/service";
import { readInstallations, saveSubscription } from "@countersign/store";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createApp } from "../app.ts";
import { about, event, openScene } from "../audience/testing/scene.ts";
import { events } from "../events/index.ts";
import { createSlackMetrics } from "../metrics.ts";
import { botScopes } from "../scopes.ts";
import type { Workspaces } from "../slack/workspaces.ts";
import { termsOf } from "../subscriptions/testing/facts.ts";
import { openWorkspaces } from "./open-workspaces.ts";
import { keys, walk } from "./testing/bench.ts";

const open = openScene();
const rosa = "U200000002";
const stack = new AsyncDisposableStack();
let url = "";
let workspaces: Workspaces;

beforeAll(async () => {
  const { sandbox, ports, store } = open();
  const given = sandboxEnvironment({ sandboxPort: sandbox.port, receiverPort: 0, slackBotPort: 0 });
  const apiUrl = given["SLACK_API_URL"] ?? "";
  const signingSecret = given["SLACK_SIGNING_SECRET"] ?? "";
  const log = createLog("test", "silent");
  const metrics = createSlackMetrics();
  const opened = openWorkspaces(
    {
      way: "oauth",
      clientId: "sandbox-rotating",
      clientSecret: "sandbox-slack-client-secret",
      stateSecret: "a secret of states",
      tokenKeys: [keys[0]],
    },
    {
      store: () => store,
      now: () => ports.now(),
      apiUrl,
      scopes: botScopes(events),
      allowed: ["T000000001", "E200000001"],
      onChange: metrics.setWorkspacePaused,
      log,
    },
  );
  workspaces = opened.workspaces;
  const { http } = createApp({
    inlet: { mode: "http", signingSecret },
    apiUrl,
    ports: { ...ports, workspaces },
    installing: opened.installing?.routes ?? null,
    ready: async () => undefined,
    metrics,
    log,
  });
  const { port } = stack.use(await serve(http, 0, "SLACK_BOT_PORT"));
  url = `http://127.0.0.1:${port}`;
  sandbox.slack.setBot(url);
});
afterAll(() => stack.disposeAsync());

/** The modal in which somebody chooses what they are told; it names the time zone that Slack has of them. */
async function settingsOf(userId: string): Promise<string> {
  const person = await open().sandbox.slack.person(userId);
  await person.command("/contract settings");
  const { modal } = await person.sees();
  return JSON.stringify(modal);
}

it("serves people of a workspace and of an organization, each with their own token", async () => {
  expect((await walk({ url }, { team: "T000000001" })).status).toBe(200);
  expect((await walk({ url }, { team: "T200000001", org: "1" })).status).toBe(200);
  expect(await settingsOf(dana.id)).toContain("America/New_York");
  expect(await settingsOf(rosa)).toContain("Europe/Berlin");
});

it("shows a contract in one while the other refuses the token, and there too when it takes it again", async () => {
  const scene = open({ workspaces });
  const south = { workspace: "E200000001", channel: "C200000002" };
  for (const spot of [{ workspace: "T000000001", channel: "C000000002" }, south]) {
    const by = { destination: "slack", madeBy: dana.id, rule: termsOf("") };
    await saveSubscription(scene.store, { ...spot, ...by });
  }
  const { client } = await workspaces.open(south.workspace);
  await client.auth.revoke();
  await expect(
    scene.happens("mill", about("Mill lease"), event("contract.sent")),
  ).rejects.toMatchObject({ name: "RetryLater" });
  expect(await scene.seen("C000000002")).toHaveLength(1);
  const seenThere = async () => {
    const { conversations } = await scene.sandbox.slack.viewOf("T200000001");
    return conversations.find(({ id }) => id === south.channel)?.messages.length;
  };
  expect(await seenThere()).toBe(0);
  await walk({ url }, { team: "T200000001", org: "1" });
  scene.wait(31);
  await scene.bring("mill");
  expect(await seenThere()).toBe(1);
  expect(await scene.seen("C000000002")).toHaveLength(1);
});

it("goes on in one when the other takes the app out", async () => {
  const delivered = await open().sandbox.slack.uninstall("T200000001");
  expect(delivered.map(({ answers }) => answers)).toEqual([[200], [200]]);
  await expect
    .poll(async () => (await readInstallations(open().store)).map(({ id }) => id))
    .toEqual(["T000000001"]);
  expect(await settingsOf(dana.id)).toContain("America/New_York");
});
