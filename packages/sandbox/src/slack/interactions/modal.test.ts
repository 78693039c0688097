import { expect, test } from "vitest";
import { openStage } from "../../testing/slack-stage.ts";
import { dana } from "../teams.ts";

const stage = openStage();
const plain = (text: string) => ({ type: "plain_text" as const, text });
const person = () => stage.sandbox.slack.person(dana.id);
const last = () => stage.bot.heard.at(-1)?.payload ?? {};

test("a modal's answer closes, clears, corrects, changes or adds to it", async () => {
  const dana = await person();
  const input = {
    type: "input" as const,
    block_id: "deal",
    label: plain("Deal"),
    element: { type: "plain_text_input" as const, action_id: "id" },
  };
  const view = {
    type: "modal" as const,
    title: plain("One"),
    submit: plain("Go"),
    blocks: [input],
  };
  await dana.command("/contract link");
  await stage.client().views.open({ trigger_id: String(last()["trigger_id"]), view });
  const shown = async () => (await dana.sees()).modal;
  const submit = async (entry?: string) =>
    dana.submit((await shown())?.id ?? "", entry === undefined ? {} : { deal: { id: entry } });
  const answer = (body?: unknown) => stage.bot.answers.set("view_submission", () => ({ body }));

  expect(await submit()).toMatchObject({ done: false, errors: { deal: expect.any(String) } });
  expect(stage.bot.heard).toHaveLength(1);
  answer({ response_action: "errors", errors: { deal: "There is no deal x." } });
  expect(await submit("x")).toEqual({
    done: false,
    reason: "There is no deal x.",
    errors: { deal: "There is no deal x." },
  });
  expect(last()).toMatchObject({
    type: "view_submission",
    user: { id: dana.person.id },
    view: { state: { values: { deal: { id: { value: "x" } } } } },
  });
  answer({
    response_action: "push",
    view: { ...view, title: plain("Two"), notify_on_close: true },
  });
  await submit("x");
  expect((await shown())?.title).toMatchObject({ text: "Two" });
  await dana.close((await shown())?.id ?? "");
  expect(last()).toMatchObject({ type: "view_closed", is_cleared: false });
  answer({ response_action: "update", view: { ...view, title: plain("Three") } });
  await submit();
  expect((await shown())?.title).toMatchObject({ text: "Three" });
  answer();
  expect(await submit()).toMatchObject({ done: true });
  expect(await shown()).toBeNull();
});
