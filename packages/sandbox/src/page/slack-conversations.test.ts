import { expect, test } from "vitest";
import { contractsChannel, dana, mara } from "../slack/teams.ts";
import { actions, plain } from "../testing/slack-blocks.ts";
import { openSlackPage } from "../testing/slack-page.ts";
import { until } from "../testing/until.ts";

const { stage, page, log, become, last } = openSlackPage();
const channel = contractsChannel.id;

test("a slash command's answer is shown to whoever asked, and to nobody else", async () => {
  const field = page().getByLabel("A message, or a slash command for the bot");
  await field.fill("/contract status Order form");
  await field.press("Enter");
  await log().getByText("Only visible to you").waitFor();
  await log().getByText("Heard /contract: status Order form").waitFor();
  expect(last()).toMatchObject({ user_id: dana.id, channel_id: channel });
  await become(mara.id);
  await log().getByText("Only visible to you").waitFor({ state: "detached" });
  await become(dana.id);
  await log().getByRole("button", { name: "Dismiss" }).click();
  await log().getByText("Only visible to you").waitFor({ state: "detached" });
});

test("direct messages are seen by their person", async () => {
  await stage.client().chat.postMessage({ channel: mara.id, text: "Yours was signed" });
  await become(mara.id);
  await page().getByRole("tab", { name: "Direct" }).click();
  await log().getByText("Yours was signed").waitFor();
  await become(dana.id);
  await log().getByText("Yours was signed").waitFor({ state: "detached" });
  expect(await log().textContent()).toContain("No messages yet");
});

test("a message's shortcut, a link's preview, a thread's broadcast", async () => {
  const { chat } = stage.client();
  const url = "https://sign.example/1";
  const { ts } = await (await stage.sandbox.slack.person(mara.id)).say(`See ${url}`);
  const blocks = [{ type: "section" as const, text: plain("Order form, completed") }];
  await chat.unfurl({ channel, ts, unfurls: { [url]: { blocks } } });
  await page()
    .getByRole("group", { name: `Preview of ${url}` })
    .getByText("completed")
    .waitFor();
  await log().getByRole("button", { name: "Link to deal" }).click();
  await until(() =>
    expect(last()).toMatchObject({
      type: "message_action",
      message: { ts },
      user: { id: dana.id },
    }),
  );
  await chat.postMessage({ channel, thread_ts: ts, text: "Completed", reply_broadcast: true });
  await log().getByText("also sent to the channel").waitFor();
  expect(await log().getByText("Completed", { exact: true }).count()).toBe(2);
});

test("conversations are reached by arrow keys, and say what is new in them", async () => {
  const tab = (name: string) => page().getByRole("tab", { name });
  await stage.client().chat.postMessage({ channel: dana.id, text: "One for you" });
  await stage.client().chat.postMessage({ channel: dana.id, text: "Another for you" });
  await tab("Direct 2 new").waitFor();
  await tab("# contracts").press("ArrowRight");
  await log().getByText("One for you").waitFor();
  expect(await tab("Direct").getAttribute("aria-selected")).toBe("true");
  expect(await tab("Direct 2 new").count()).toBe(0);
  await page().keyboard.press("End");
  await page().getByRole("tabpanel", { name: "App Home" }).waitFor();
  await page().keyboard.press("ArrowRight");
  await until(async () =>
    expect(await tab("# contracts").getAttribute("aria-selected")).toBe("true"),
  );
});

test.each([1280, 390])("nothing is wider than a window of %i", async (width) => {
  await page().setViewportSize({ width, height: 844 });
  const text = "W".repeat(300);
  await stage.client().chat.postMessage({ channel, text, blocks: [actions] });
  await stage.client().chat.postMessage({ channel, text });
  await log().getByText(text).first().waitFor();
  const wide = "document.documentElement.scrollWidth > window.innerWidth";
  expect(await page().evaluate(wide)).toBe(false);
});

test("times are told in the zone of whoever reads", async () => {
  const at = Date.parse("2026-03-02T12:30:00Z") / 1000;
  await stage.client().chat.postMessage({ channel, text: `Due <!date^${at}^{time}|soon>` });
  await log().getByText("Due 7:30 AM").waitFor();
  await become(mara.id);
  await log().getByText("Due 1:30 PM").waitFor();
  expect(await log().getByText("Due 7:30 AM").count()).toBe(0);
});

test("what is refused is told", async () => {
  stage.bot.answers.set("command", () => ({ status: 500 }));
  const field = page().getByLabel("A message, or a slash command for the bot");
  await field.fill("/contract list");
  await field.press("Enter");
  await page().getByRole("alert").getByText("dispatch_failed").waitFor();
  expect(await field.inputValue()).toBe("/contract list");
});
