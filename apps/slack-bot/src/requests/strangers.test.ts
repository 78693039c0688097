import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { readEffects, readLinks } from "@countersign/store";
import type { App } from "@slack/bolt";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openStage } from "../acting/testing/stage.ts";
import { createApp } from "../app.ts";
import { actionIds } from "../blocks/action-ids.ts";
import { keyOf } from "../installation/installation.ts";
import { createSlackMetrics } from "../metrics.ts";
import { openClient } from "../slack/client.ts";
import { singleWorkspace } from "../slack/workspaces.ts";
import { silent } from "../testing/bench.ts";
import { fields, linkDealId } from "../views/link-deal/fields.ts";
import { askingFrom, Origin, whereInstalled } from "./origin.ts";

const stage = openStage();
const refusal = "Only people of the organization that installed Countersign may use this.";
const team = { id: "T03TPC7D0TU", domain: "workspace1" };
const outsider = { id: "U03TBQ3FJ91", team_id: "T03U1JC8EN4" };
const enterprise = { id: "E1", name: "Northgate Group" };

const sister = { ...outsider, enterprise_user: { enterprise_id: enterprise.id, teams: [] } };

/** What Slack says when it is asked, by method; null: it is away. */
let answers: Record<string, object> | null = {};
let called: string[] = [];
let responses: unknown[] = [];

/** Slack's Web API and a `response_url`, which write down what they are asked. */
const server = createServer((request, response) => void listen(request, response));

async function listen(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request);
  const method = request.url?.split("/").at(-1) ?? "";
  const isResponse = method === "respond";
  if (isResponse) responses.push(JSON.parse(body));
  else called.push(method);
  response.setHeader("content-type", "application/json");
  response.statusCode = answers === null && !isResponse ? 500 : 200;
  response.end(JSON.stringify({ ok: true, ...answers?.[method] }));
}

let url = "";
let bolt: App;

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : address}`;
});
afterAll(() => void server.close());

beforeEach(() => {
  [called, responses] = [[], []];
  answers = {
    "auth.test": { team_id: team.id },
    "users.info": { user: { ...outsider, is_stranger: false } },
  };
  const apiUrl = `${url}/api/`;
  const workspaces = singleWorkspace(openClient({ botToken: "xoxb-1", apiUrl }, silent));
  ({ bolt } = createApp({
    inlet: { mode: "http", signingSecret: "s" },
    apiUrl,
    ports: { ...stage().ports, workspaces },
    installing: null,
    ready: async () => undefined,
    metrics: createSlackMetrics(),
    log: silent,
  }));
});

let requests = 0;

/** Has the bot take what Slack sends, and returns what it acknowledges with. */
async function send(payload: Record<string, unknown>): Promise<unknown> {
  requests += 1;
  let acknowledged: unknown;
  const trigger = { trigger_id: `1.${requests}.strangers`, response_url: `${url}/respond` };
  await bolt.processEvent({
    body: { user: outsider, team, ...trigger, ...payload },
    ack: async (answer) => void (acknowledged = answer),
  });
  return acknowledged;
}

function press(actionId: string, value: string, more: Record<string, unknown> = {}) {
  return send({
    type: "block_actions",
    channel: { id: "C1" },
    container: { type: "message", message_ts: "1.2", channel_id: "C1" },
    actions: [{ type: "button", action_id: actionId, block_id: "b", value }],
    ...more,
  });
}

function handIn(contractId: string, more: Record<string, unknown> = {}) {
  const values = {
    [fields.deal]: { [fields.deal]: { type: "plain_text_input", value: "555001" } },
    [fields.crm]: { [fields.crm]: { type: "x", selected_option: { value: "hubspot" } } },
  };
  const view = {
    id: "V1",
    type: "modal",
    callback_id: linkDealId,
    private_metadata: contractId,
    state: { values },
    app_installed_team_id: team.id,
  };
  return send({ type: "view_submission", view, ...more });
}

const refused = [{ text: refusal, response_type: "ephemeral", replace_original: false }];

describe("somebody of another organization", () => {
  it.each([
    ["link to a deal", actionIds.linkDeal, (id: string) => id],
    ["send a reminder", actionIds.remind, (id: string) => id],
    ["turn a page", actionIds.page, () => "list completed --share --page 2"],
  ])("cannot %s", async (name, actionId, valueOf) => {
    const { id } = await stage().contract(`Strange ${name}`);
    await press(actionId, valueOf(id));
    expect(responses).toMatchObject(refused);
    expect(responses).toHaveLength(1);
    expect(called.toSorted()).toEqual(["auth.test", "users.info"]);
    expect(await readLinks(stage().store, id)).toEqual([]);
    expect(await readEffects(stage().store, id)).toEqual([]);
  });

  it("is asked of once", async () => {
    const { id } = await stage().contract("Asked once");
    await press(actionIds.linkDeal, id);
    await press(actionIds.remind, id);
    await handIn(id);
    expect(called.toSorted()).toEqual(["auth.test", "users.info"]);
  });

  it.each([
    ["of the team that has the app", { team }],
    // Slack names the team of whoever hands it in (https://github.com/slackapi/bolt-js/issues/1614).
    ["of their own team", { team: { id: outsider.team_id, domain: "workspace2" } }],
    ["of their own organization", { team: null, enterprise: { id: outsider.team_id } }],
  ])("cannot hand in a modal in the name %s", async (name, more) => {
    const { id } = await stage().contract(`Handed in ${name}`);
    const shown = await handIn(id, more);
    expect(shown).toMatchObject({ response_action: "update" });
    expect(JSON.stringify(shown)).toContain(refusal);
    expect(await readLinks(stage().store, id)).toEqual([]);
  });

  it("cannot use what stands in a modal of ours", async () => {
    const { id } = await stage().contract("In a modal");
    const view = { id: "V1", hash: "1", type: "modal", app_installed_team_id: team.id };
    const own = { id: outsider.team_id, domain: "workspace2" };
    await press(actionIds.remind, id, { team: own, view, container: { type: "view" } });
    expect(called.toSorted()).toEqual(["auth.test", "users.info", "views.push"]);
    expect(await readEffects(stage().store, id)).toEqual([]);
  });

  it("cannot use a shortcut", async () => {
    const { id } = await stage().contract("By a shortcut");
    const message = { ts: "1.2", metadata: { event_payload: { contract_id: id } } };
    const type = "message_action";
    await send({ type, callback_id: "link_to_deal", channel: { id: "C1" }, message });
    expect(responses).toMatchObject(refused);
    expect(called).not.toContain("views.open");
  });

  it.each([
    ["shares no channel with us", { user: { ...outsider, team_id: team.id, is_stranger: true } }],
    ["has an organization", { user: { ...outsider, enterprise_user: { enterprise_id: "E2" } } }],
    ["is seen by nobody here", { ok: false, error: "user_not_visible" }],
  ])("is one who %s", async (name, info) => {
    answers = { "auth.test": { team_id: team.id, enterprise_id: "E1" }, "users.info": info };
    const { id } = await stage().contract(`One who ${name}`);
    await press(actionIds.linkDeal, id);
    expect(responses).toMatchObject(refused);
  });

  it("gets nothing while Slack cannot be asked", async () => {
    answers = null;
    const { id } = await stage().contract("Slack is away");
    await press(actionIds.linkDeal, id);
    await press(actionIds.remind, id);
    expect(JSON.stringify(await handIn(id))).toContain("Try again in a minute.");
    expect(called).not.toContain("views.open");
    expect(await readLinks(stage().store, id)).toEqual([]);
    expect(await readEffects(stage().store, id)).toEqual([]);
  });
});

describe("a colleague", () => {
  const grid = { "auth.test": { team_id: team.id, enterprise_id: enterprise.id } };

  it("of the same team is not asked of", async () => {
    const { id } = await stage().contract("Our own");
    const user = { ...outsider, team_id: team.id };
    await press(actionIds.linkDeal, id, { user });
    expect(called).toEqual(["views.open"]);
    await handIn(id, { user });
    expect(called).toEqual(["views.open"]);
    expect(await readLinks(stage().store, id)).toMatchObject([{ recordId: "555001" }]);
  });

  it("whom Slack names by the organization is not asked of", async () => {
    const { id } = await stage().contract("Our organization's");
    await press(actionIds.linkDeal, id, { user: { id: "W1", team_id: enterprise.id }, enterprise });
    expect(called).toEqual(["views.open"]);
  });

  it.each([
    ["of a sister workspace", { user: sister }],
    [
      "who is in this workspace too",
      { user: { ...outsider, enterprise_user: { teams: [team.id] } } },
    ],
  ])("%s may link", async (name, info) => {
    answers = { ...grid, "users.info": info };
    const { id } = await stage().contract(`By one ${name}`);
    await press(actionIds.linkDeal, id, { enterprise });
    expect(called.toSorted()).toEqual(["auth.test", "users.info", "views.open"]);
    await handIn(id, { team: { id: outsider.team_id }, enterprise });
    expect(await readLinks(stage().store, id)).toMatchObject([{ recordId: "555001" }]);
  });
});

it("takes a modal in for the workspace that has the app, as Bolt does", () => {
  const from = { user: sister, team: { id: sister.team_id }, enterprise, trigger_id: "1" };
  const keyFor = (view: object) => {
    return askingFrom(whereInstalled(Origin.parse({ ...from, view })), { keyOf }).workspace;
  };
  expect(keyFor({ app_installed_team_id: team.id })).toBe(team.id);
  expect(keyFor({})).toBe(sister.team_id);
});
