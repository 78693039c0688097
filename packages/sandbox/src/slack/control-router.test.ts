import { expect, test } from "vitest";
import { openStage } from "../testing/slack-stage.ts";
import { contractsChannel, dana, mara } from "./teams.ts";

const stage = openStage();
const channel = contractsChannel.id;
const plain = (text: string) => ({ type: "plain_text" as const, text });
const last = () => stage.bot.heard.at(-1)?.payload ?? {};

async function post(path: string, body: unknown): Promise<[number, unknown]> {
  const answer = await fetch(`${stage.sandbox.url}/control/slack/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return [answer.status, await answer.json()];
}

async function sees(id: string): Promise<unknown> {
  return (await fetch(`${stage.sandbox.url}/control/slack/sees/${id}`)).json();
}

const button = { type: "button" as const, action_id: "remind", text: plain("Remind") };
const blocks = [{ type: "actions" as const, elements: [button] }];

test("a command is typed as a person, in a channel", async () => {
  const typed = "/contract status Lease";
  const answer = { text: "Heard /contract: status Lease", blocks: [], ms: expect.any(Number) };
  expect(await post("commands", { typed })).toEqual([200, answer]);
  expect(last()).toMatchObject({ user_id: dana.id, channel_id: channel });
  await post("commands", { typed, as: mara.id, channel: "C000000001" });
  expect(last()).toMatchObject({ user_id: mara.id, channel_name: "general" });
  expect(await sees(mara.id)).toMatchObject({ ephemerals: [{ channel: "C000000001" }] });
});

test("a button is pressed, a modal opened, filled in and closed", async () => {
  const { ts } = await stage.client().chat.postMessage({ channel, text: "Card", blocks });
  stage.bot.answers.set("block_actions", async ({ payload }) => {
    const element = { type: "plain_text_input" as const, action_id: "text" };
    const input = { type: "input" as const, block_id: "why", label: plain("Why"), element };
    const view = { type: "modal" as const, title: plain("Remind"), submit: plain("Go") };
    const trigger_id = String(payload["trigger_id"]);
    await stage.client().views.open({ trigger_id, view: { ...view, blocks: [input] } });
    return {};
  });
  const spot = { channel, ts };
  expect(await post("actions", { as: mara.id, spot, actionId: "remind" })).toMatchObject([
    200,
    { done: true },
  ]);
  const { modal } = await (await stage.sandbox.slack.person(mara.id)).sees();
  const path = `views/${modal?.id}/submit`;
  const wrong = await post(path, { as: mara.id });
  expect(wrong).toMatchObject([409, { errors: { why: expect.any(String) } }]);
  const entries = { why: { text: "Late" } };
  expect(await post(path, { as: mara.id, entries })).toMatchObject([200, { done: true }]);
  expect(await sees(mara.id)).toMatchObject({ modal: null });
  expect(await post(`views/${modal?.id}/close`, { as: mara.id })).toMatchObject([409, {}]);
});

test("home, shortcuts, links, channels, events and an uninstall", async () => {
  expect(await post("home", { as: mara.id })).toMatchObject([200, { answers: [200] }]);
  await post("shortcuts", { callbackId: "find_contract" });
  expect(last()).toMatchObject({ type: "shortcut" });
  await post("messages", { text: "See https://sign.example/1" });
  expect(last()).toMatchObject({ event: { type: "link_shared" } });
  const [status, made] = await post("channels", { name: "deals" });
  expect([status, made]).toEqual([201, { id: expect.stringMatching(/^C/) }]);
  const event = { type: "app_home_opened", user: mara.id };
  expect(await post("events", { event, repeat: 2 })).toMatchObject([
    200,
    { answers: [200, 200, 200] },
  ]);
  await post("uninstall", {});
  const answer = await fetch(`${stage.sandbox.url}/control/slack/teams`);
  expect(await answer.json()).toMatchObject({
    teams: [
      { id: "T000000001", installed: false },
      { id: "T200000001", installed: false },
    ],
  });
});

test.each([
  ["commands", { typed: "contract" }, "Begin with a slash command"],
  ["commands", { typed: "/contract", as: "U999999999" }, "There is no such person"],
  ["actions", { spot: {}, actionId: "x" }, "spot: "],
  ["channels", { name: "Not A Name" }, "Use small letters"],
  ["uninstall", { teamId: "T1" }, "teamId: "],
])("%s refuses %j with a sentence", async (path, body, sentence) => {
  expect(await post(path, body)).toEqual([400, { error: expect.stringContaining(sentence) }]);
});
