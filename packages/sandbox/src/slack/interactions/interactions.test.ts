import { expect, test } from "vitest";
import { openStage } from "../../testing/slack-stage.ts";
import type { Sight } from "../sight.ts";
import { contractsChannel, dana, mara, noor } from "../teams.ts";

const stage = openStage();
const channel = contractsChannel.id;

const plain = (text: string) => ({ type: "plain_text" as const, text });
const options = ["day", "week"].map((value) => ({ text: plain(value), value }));
const button = (value: string) => ({
  type: "button" as const,
  action_id: "remind",
  text: plain("Remind"),
  value,
});
const blocks = [
  {
    type: "actions" as const,
    block_id: "do",
    elements: [
      { ...button("a") },
      { type: "overflow" as const, action_id: "more", options },
      { type: "static_select" as const, action_id: "every", options },
      { type: "datepicker" as const, action_id: "until" },
      { type: "checkboxes" as const, action_id: "mute", options },
      { type: "radio_buttons" as const, action_id: "one", options },
      { type: "users_select" as const, action_id: "who" },
      { type: "external_select" as const, action_id: "deal", min_query_length: 0 },
    ],
  },
  { type: "section" as const, text: plain("b"), block_id: "b", accessory: button("b") },
];

async function card() {
  const metadata = { event_type: "card", event_payload: { key: "card of a" } };
  const message = { channel, text: "Card", blocks, metadata };
  const { ts = "" } = await stage.client().chat.postMessage(message);
  return { channel, ts };
}

const person = (id = dana.id) => stage.sandbox.slack.person(id);
function messagesOf({ channels }: Sight) {
  return channels.find(({ id }) => id === channel)?.messages;
}
const last = () => stage.bot.heard.at(-1)?.payload ?? {};
const respond = (body: unknown) =>
  fetch(String(last()["response_url"]), { method: "POST", body: JSON.stringify(body) });

test("a command says who typed it where, and its answer is for them alone", async () => {
  const outcome = await (await person(mara.id)).command("/contract status Order form", channel);
  expect(outcome).toMatchObject({
    answered: true,
    answer: { text: "Heard /contract: status Order form" },
  });
  expect(last()).toMatchObject({
    command: "/contract",
    text: "status Order form",
    team_id: "T000000001",
    user_id: mara.id,
    user_name: "mara.lindqvist",
    channel_id: channel,
    channel_name: "contracts",
  });
  expect((await (await person(mara.id)).sees()).ephemerals).toMatchObject([
    { channel, text: "Heard /contract: status Order form" },
  ]);
  expect((await (await person(dana.id)).sees()).ephemerals).toEqual([]);
});

test("people who are named in a command come by their ids, addresses as they are", async () => {
  await (await person()).command("/contract connect @mara ann@mara.example @nobody");
  expect(last()["text"]).toBe(`connect <@${mara.id}|mara.lindqvist> ann@mara.example @nobody`);
});

test("an answer may be for the whole channel", async () => {
  stage.bot.answers.set("command", () => ({ body: { response_type: "in_channel", text: "All" } }));
  await (await person()).command("/contract status");
  const messages = messagesOf(await (await person(noor.id)).sees());
  expect(messages).toMatchObject([{ author: "Countersign", text: "All" }]);
});

test.each([
  ["knows no /agreement (it answered 404)", "/agreement", {}],
  ["dispatch_failed: the bot answered 500", "/contract", { status: 500 }],
  ["operation_timeout: the bot did not answer within 3 seconds", "/contract", { afterMs: 3_500 }],
])("what Slack would say where the bot fails: %s", async (reason, typed, said) => {
  if (typed === "/contract") stage.bot.answers.set("command", () => said);
  const outcome = await (await person()).command(typed);
  expect(outcome).toEqual({ answered: false, reason: expect.stringContaining(reason) });
});

test("a late answer goes through the response_url, five times within thirty minutes", async () => {
  await (await person()).command("/contract list");
  for (let time = 1; time <= 5; time += 1) {
    expect((await respond({ text: `Late ${time}` })).status).toBe(200);
  }
  const sixth = await respond({ text: "Late 6" });
  expect([sixth.status, await sixth.json()]).toEqual([404, { ok: false, error: "used_url" }]);
  const seen = await (await person()).sees();
  expect(seen.ephemerals.map(({ text }) => text)).toContain("Late 5");
  expect(seen.ephemerals).toHaveLength(6);
  await (await person()).command("/contract list");
  stage.wait(1_801);
  expect(await (await respond({ text: "Too late" })).json()).toMatchObject({
    error: "expired_url",
  });
});

test("a button says which it is and stands in its message", async () => {
  const spot = await card();
  await (await person(mara.id)).act({ spot, actionId: "remind", value: "b" });
  expect(last()).toMatchObject({
    type: "block_actions",
    user: { id: mara.id },
    team: { id: "T000000001" },
    container: { type: "message", message_ts: spot.ts, channel_id: channel, is_ephemeral: false },
    channel: { id: channel, name: "contracts" },
    message: {
      ts: spot.ts,
      text: "Card",
      blocks: [{ block_id: "do" }, { block_id: "b" }],
      metadata: { event_payload: { key: "card of a" } },
    },
    actions: [{ type: "button", action_id: "remind", block_id: "b", value: "b" }],
    trigger_id: expect.any(String),
    response_url: expect.stringContaining(stage.sandbox.url),
  });
});

test.each([
  ["more", "week", { type: "overflow", selected_option: options[1] }],
  ["every", "day", { type: "static_select", selected_option: options[0] }],
  ["until", "2026-12-01", { type: "datepicker", selected_date: "2026-12-01" }],
  ["mute", ["week"], { type: "checkboxes", selected_options: [options[1]] }],
  ["one", "day", { type: "radio_buttons", selected_option: options[0] }],
  ["who", mara.id, { type: "users_select", selected_user: mara.id }],
])("%s says what was chosen", async (actionId, value, said) => {
  const outcome = await (await person()).act({ spot: await card(), actionId, value });
  expect(outcome).toMatchObject({ done: true });
  expect(last()["actions"]).toMatchObject([{ action_id: actionId, block_id: "do", ...said }]);
});

test.each([
  ["nothing", undefined, "There is no"],
  ["every", "month", "offers no option"],
  ["every", undefined, "Say what is chosen"],
])("what a person could not do reaches nobody: %s %s", async (actionId, value, reason) => {
  const spot = await card();
  const given = value === undefined ? {} : { value };
  const outcome = await (await person()).act({ spot, actionId, ...given });
  expect(outcome).toEqual({ done: false, reason: expect.stringContaining(reason) });
  expect(stage.bot.heard).toEqual([]);
});

test("options that the bot suggests can be chosen, others cannot", async () => {
  const spot = await card();
  const deal = { text: plain("Harborlight"), value: "1001" };
  stage.bot.answers.set("block_suggestion", () => ({ body: { options: [deal] } }));
  const dana = await person();
  const where = { spot, actionId: "deal" };
  expect(await dana.suggest(where, "har")).toMatchObject({ done: true, answer: [deal] });
  expect(last()).toMatchObject({ action_id: "deal", block_id: "do", value: "har" });
  expect(await dana.act({ ...where, value: "1002" })).toMatchObject({ done: false });
  await dana.act({ ...where, value: "1001" });
  expect(last()["actions"]).toMatchObject([{ type: "external_select", selected_option: deal }]);
});

test("a button of an ephemeral message replaces and deletes it", async () => {
  stage.bot.answers.set("command", () => ({ body: { text: "Sure?", blocks: [blocks[1]] } }));
  const dana = await person();
  await dana.command("/contract subscribe");
  const [asked] = (await dana.sees()).ephemerals;
  const spot = { channel, ts: asked?.ts ?? "" };
  await dana.act({ spot, actionId: "remind" });
  expect(last()).toMatchObject({ container: { is_ephemeral: true } });
  expect(last()).not.toHaveProperty("message");
  await respond({ text: "Done", replace_original: true });
  expect((await dana.sees()).ephemerals).toMatchObject([
    { ts: asked?.ts, text: "Done", blocks: [] },
  ]);
  await respond({ delete_original: true });
  expect((await dana.sees()).ephemerals).toEqual([]);
});

test("a message's response_url answers with an ephemeral message, or in its place", async () => {
  const spot = await card();
  const dana = await person();
  await dana.act({ spot, actionId: "remind" });
  await respond({ text: "Reminded" });
  await respond({ text: "Muted", replace_original: true });
  const seen = await dana.sees();
  expect(seen.ephemerals).toMatchObject([{ text: "Reminded", channel }]);
  const messages = messagesOf(seen);
  expect(messages).toMatchObject([{ ts: spot.ts, text: "Muted", blocks: [] }]);
});

test("shortcuts: on a message with the message, anywhere without", async () => {
  const spot = await card();
  const dana = await person();
  await dana.shortcut("link_to_deal", spot);
  expect(last()).toMatchObject({
    type: "message_action",
    callback_id: "link_to_deal",
    message: { ts: spot.ts, text: "Card", metadata: { event_type: "card" } },
    channel: { id: channel },
    response_url: expect.any(String),
  });
  await dana.shortcut("find_contract");
  expect(last()).toMatchObject({ type: "shortcut", callback_id: "find_contract" });
  expect(last()).not.toHaveProperty("channel");
});
