import { expect, test } from "vitest";
import { openStage } from "../../testing/slack-stage.ts";
import { contractsChannel, dana } from "../teams.ts";

const stage = openStage();
const channel = contractsChannel.id;
const plain = (text: string) => ({ type: "plain_text" as const, text });
const person = () => stage.sandbox.slack.person(dana.id);
const last = () => stage.bot.heard.at(-1)?.payload ?? {};

const every = {
  type: "actions" as const,
  elements: [
    {
      type: "static_select" as const,
      action_id: "every",
      options: [{ text: plain("Weekly"), value: "week" }],
    },
  ],
};

test("App Home: the bot is told, and told what was shown before", async () => {
  const dana = await person();
  expect((await dana.openHome()).answers).toEqual([200]);
  expect(last()).toMatchObject({
    type: "event_callback",
    event_id: expect.stringMatching(/^Ev/),
    event: { type: "app_home_opened", user: dana.person.id, tab: "home" },
  });
  const view = { type: "home" as const, callback_id: "home", blocks: [every] };
  await stage.client().views.publish({ user_id: dana.person.id, view });
  await dana.openHome();
  expect(last()).toMatchObject({ event: { view: { callback_id: "home" } } });
  await dana.act({ spot: { view: "home" }, actionId: "every", value: "week" });
  expect(last()).toMatchObject({ view: { type: "home" }, actions: [{ action_id: "every" }] });
});

test("a shared link is told, and shows what the bot makes of it", async () => {
  const url = "https://app.docusign.example/documents/1?a=1&b=2";
  const { ts } = await (await person()).say(`See ${url}`);
  expect(last()).toMatchObject({
    event: {
      type: "link_shared",
      message_ts: ts,
      channel,
      links: [{ url, domain: "app.docusign.example" }],
    },
  });
  const event = last()["event"];
  const unfurl_id =
    typeof event === "object" && event !== null && "unfurl_id" in event
      ? String(event.unfurl_id)
      : "";
  const { chat } = stage.client();
  const unfurls = { [url]: { blocks: [{ type: "divider" as const }] } };
  await chat.unfurl({ channel, ts, unfurls });
  await chat.unfurl({ source: "conversations_history", unfurl_id, unfurls });
  const messages = (await (await person()).sees()).channels.find(
    ({ id }) => id === channel,
  )?.messages;
  expect(messages).toMatchObject([
    { author: "Dana Reyes", unfurls: { [url]: { blocks: [{ type: "divider" }] } } },
  ]);
  const strange = chat.unfurl({ channel, ts, unfurls: { "https://x.example": { blocks: [] } } });
  await expect(strange).rejects.toThrow("cannot_unfurl_url");
  const nowhere = chat.unfurl({ channel, ts: "1.1", unfurls });
  await expect(nowhere).rejects.toThrow("cannot_find_message");
});

test("an event that fails comes again with the same id, and twice where that is asked for", async () => {
  let left = 1;
  stage.bot.answers.set("app_home_opened", () => ({ status: left-- > 0 ? 500 : 200 }));
  expect((await (await person()).openHome()).answers).toEqual([500, 200]);
  const [first, second] = stage.bot.heard;
  expect(first?.headers["x-slack-retry-num"]).toBeUndefined();
  expect(second?.headers).toMatchObject({
    "x-slack-retry-num": "1",
    "x-slack-retry-reason": "http_error",
  });
  expect(first?.payload["event_id"]).toBe(second?.payload["event_id"]);
  stage.bot.forget();
  await stage.sandbox.slack.tell({ type: "app_uninstalled" }, { repeat: 1 });
  expect(stage.bot.heard.map(({ payload }) => payload["event_id"])).toHaveLength(2);
});

test("the bot is told that it was invited, and sees the private channel", async () => {
  const { id } = await stage.sandbox.slack.addChannel({ name: "deals-eu", private: true });
  expect(last()).toMatchObject({ event: { type: "member_joined_channel", channel: id } });
  await stage.client().chat.postMessage({ channel: id, text: "Here" });
  const outside = await stage.sandbox.slack.addChannel({
    name: "closed",
    private: true,
    withBot: false,
  });
  const post = stage.client().chat.postMessage({ channel: outside.id, text: "Here" });
  await expect(post).rejects.toThrow("not_in_channel");
});
