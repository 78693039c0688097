import { expect, test } from "vitest";
import { openStage } from "../../testing/slack-stage.ts";
import { dana, mara } from "../teams.ts";

const stage = openStage();

const title = { type: "plain_text" as const, text: "Link to deal" };
const modal = { type: "modal" as const, title, blocks: [] };

/** What a person's slash command lets the bot open a view with. */
async function trigger(user = dana.id): Promise<string> {
  await (await stage.sandbox.slack.person(user)).command("/contract link");
  return String(stage.bot.heard.at(-1)?.payload["trigger_id"]);
}

async function modalOf(user = dana.id) {
  return (await (await stage.sandbox.slack.person(user)).sees()).modal;
}

test("a modal is opened for whoever acted, once for each act", async () => {
  const { views } = stage.client();
  const trigger_id = await trigger(mara.id);
  const { view } = await views.open({ trigger_id, view: { ...modal, callback_id: "link" } });
  expect(view).toMatchObject({ type: "modal", callback_id: "link", root_view_id: view?.id });
  expect(await modalOf(mara.id)).toMatchObject({ id: view?.id, callback_id: "link" });
  expect(await modalOf(dana.id)).toBeNull();
  await expect(views.open({ trigger_id, view: modal })).rejects.toThrow("exchanged_trigger_id");
});

test("a trigger ends after three seconds, and an invented one is none", async () => {
  const trigger_id = await trigger();
  stage.wait(4);
  const { views } = stage.client();
  await expect(views.open({ trigger_id, view: modal })).rejects.toThrow("expired_trigger_id");
  const invented = views.open({ trigger_id: "1.2.3", view: modal });
  await expect(invented).rejects.toThrow("invalid_trigger_id");
  expect(await modalOf()).toBeNull();
});

const label = { type: "plain_text" as const, text: "Deal" };
const asks = {
  type: "input" as const,
  block_id: "deal",
  label,
  element: { type: "plain_text_input" as const, action_id: "id" },
};

test.each([
  ["a long title", { ...modal, title: { ...title, text: "x".repeat(25) } }, "invalid_arguments"],
  ["no title", { type: "modal", blocks: [] }, "invalid_arguments"],
  ["an input and no submit button", { ...modal, blocks: [asks] }, "invalid_arguments"],
  [
    "101 blocks",
    { ...modal, blocks: Array.from({ length: 101 }, () => ({ type: "divider" })) },
    "invalid_arguments",
  ],
  ["a home tab", { type: "home", blocks: [] }, "invalid_arguments"],
  ["too much", { ...modal, blocks: [{ type: "x", text: "x".repeat(250_000) }] }, "view_too_large"],
])("a modal with %s is refused", async (_name, view, error) => {
  const trigger_id = await trigger();
  const refused = stage.client().apiCall("views.open", { trigger_id, view: JSON.stringify(view) });
  await expect(refused).rejects.toThrow(error);
  expect(await modalOf()).toBeNull();
});

test("a view is changed by its id or the app's own, and keeps what was entered", async () => {
  const { views } = stage.client();
  const submit = { type: "plain_text" as const, text: "Link" };
  const asking = { ...modal, submit, external_id: "link 1", blocks: [asks] };
  const { view } = await views.open({ trigger_id: await trigger(), view: asking });
  const person = await stage.sandbox.slack.person(dana.id);
  const button = { type: "button" as const, action_id: "look", text: label };
  const actions = { type: "actions" as const, block_id: "more", elements: [button] };
  await views.update({ view_id: view?.id ?? "", view: { ...asking, blocks: [asks, actions] } });
  const spot = { view: view?.id ?? "" };
  const entries = { deal: { id: "1001" } };
  expect(await person.act({ spot, actionId: "look", entries })).toMatchObject({ done: true });
  const heard = stage.bot.heard.at(-1)?.payload;
  expect(heard).toMatchObject({
    type: "block_actions",
    container: { type: "view", view_id: view?.id },
    view: { state: { values: { deal: { id: { type: "plain_text_input", value: "1001" } } } } },
  });
  expect(heard).not.toHaveProperty("response_url");
  await views.update({ external_id: "link 1", view: { ...asking, title: label } });
  expect(await modalOf()).toMatchObject({
    id: view?.id,
    title: label,
    state: { values: { deal: { id: { value: "1001" } } } },
  });
  const said = { type: "section" as const, text: label };
  await views.update({
    external_id: "link 1",
    view: { ...modal, external_id: "link 1", blocks: [said] },
  });
  expect(await modalOf()).not.toHaveProperty("submit");
  const stale = views.update({ view_id: view?.id ?? "", hash: view?.hash ?? "", view: asking });
  await expect(stale).rejects.toThrow("hash_conflict");
  await expect(views.update({ view_id: "V0", view: asking })).rejects.toThrow("not_found");
});

test("views lie three deep, and no external id is had twice", async () => {
  const { views } = stage.client();
  const person = await stage.sandbox.slack.person(dana.id);
  const button = { type: "button" as const, action_id: "next", text: label };
  const blocks = [{ type: "actions" as const, elements: [button] }];
  let last = (await views.open({ trigger_id: await trigger(), view: { ...modal, blocks } })).view;
  const press = async () => {
    await person.act({ spot: { view: last?.id ?? "" }, actionId: "next" });
    return String(stage.bot.heard.at(-1)?.payload["trigger_id"]);
  };
  for (const external_id of ["second", "third"]) {
    const view = { ...modal, blocks, external_id };
    const pushed = await views.push({ trigger_id: await press(), view });
    expect(pushed.view?.previous_view_id).toBe(last?.id);
    last = pushed.view;
  }
  const twice = views.push({ trigger_id: await press(), view: { ...modal, external_id: "third" } });
  await expect(twice).rejects.toThrow("duplicate_external_id");
  const fourth = views.push({ trigger_id: await press(), view: modal });
  await expect(fourth).rejects.toThrow("push_limit_reached");
});

test("a home tab is kept for its person, and a stale hash clashes", async () => {
  const { views } = stage.client();
  const home = { type: "home" as const, blocks: [{ type: "divider" as const }] };
  const { view } = await views.publish({ user_id: mara.id, view: home });
  await views.publish({ user_id: mara.id, view: { ...home, blocks: [] }, hash: view?.hash ?? "" });
  const stale = views.publish({ user_id: mara.id, view: home, hash: view?.hash ?? "" });
  await expect(stale).rejects.toThrow("hash_conflict");
  const seen = await (await stage.sandbox.slack.person(mara.id)).sees();
  expect(seen.home).toMatchObject({ id: view?.id, blocks: [] });
  const nobody = views.publish({ user_id: "U999999999", view: home });
  await expect(nobody).rejects.toThrow("user_not_found");
});
