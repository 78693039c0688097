import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { renderPictures } from "../pictures.ts";
import { contractsChannel, dana, mara } from "../slack/teams.ts";
import { openBrowser } from "../testing/browser.ts";
import { openStage } from "../testing/slack-stage.ts";
import { until } from "../testing/until.ts";

const channel = contractsChannel.id;
const stage = openStage();
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await openBrowser();
}, 60_000);

afterAll(() => browser.close());

beforeEach(async () => {
  complaints = [];
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(15_000);
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    const refused = message.text().includes("409") || message.text().includes("502");
    if (message.type() === "error" && !refused) complaints.push(message.text());
  });
  await page.goto(stage.sandbox.url);
  await page.getByText("Live", { exact: true }).waitFor();
  await page.getByRole("tab", { name: "# contracts" }).waitFor();
});

afterEach(async () => {
  await page.close();
  if (complaints.length > 0) throw new Error(`the browser complained: ${complaints.join("; ")}`);
});

const plain = (text: string) => ({ type: "plain_text" as const, text });
const options = ["Daily", "Weekly"].map((text) => ({
  text: plain(text),
  value: text.toLowerCase(),
}));
const actions = {
  type: "actions" as const,
  block_id: "do",
  elements: [
    { type: "button" as const, action_id: "remind", text: plain("Remind"), value: "a" },
    { type: "static_select" as const, action_id: "digest", placeholder: plain("Digest"), options },
    { type: "overflow" as const, action_id: "more", options },
    { type: "datepicker" as const, action_id: "until" },
  ],
};
const last = () => stage.bot.heard.at(-1)?.payload;
const log = () => page.getByRole("log", { name: "Messages" });
const become = (id: string) => page.getByLabel("Who you are").selectOption(id);

test("a slash command's answer is shown to whoever asked, and to nobody else", async () => {
  const field = page.getByLabel("A message, or a slash command for the bot");
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

test("a card's controls tell the bot who used which", async () => {
  const blocks = [{ type: "section" as const, text: plain("Order form") }, actions];
  const { ts } = await stage.client().chat.postMessage({ channel, text: "Card", blocks });
  await become(mara.id);
  await log().getByRole("button", { name: "Remind" }).click();
  await until(() =>
    expect(last()).toMatchObject({
      user: { id: mara.id },
      message: { ts },
      actions: [{ action_id: "remind", block_id: "do", value: "a" }],
    }),
  );
  const uses = [
    [() => log().getByLabel("Digest").selectOption("weekly"), { action_id: "digest" }],
    [() => log().getByLabel("More actions").selectOption("daily"), { action_id: "more" }],
    [() => log().getByLabel("Date").fill("2026-12-01"), { selected_date: "2026-12-01" }],
  ] as const;
  for (const [use, said] of uses) {
    await use();
    await until(() => expect(last()?.["actions"]).toMatchObject([said]));
  }
});

test("direct messages are seen by their person", async () => {
  await stage.client().chat.postMessage({ channel: mara.id, text: "Yours was signed" });
  await become(mara.id);
  await page.getByRole("tab", { name: "Direct" }).click();
  await log().getByText("Yours was signed").waitFor();
  await become(dana.id);
  await log().getByText("Yours was signed").waitFor({ state: "detached" });
  expect(await log().textContent()).toContain("No messages yet");
});

const view = {
  type: "modal" as const,
  title: plain("Link to deal"),
  submit: plain("Link"),
  notify_on_close: true,
  blocks: [
    {
      type: "input" as const,
      block_id: "deal",
      label: plain("Deal"),
      element: { type: "external_select" as const, action_id: "id", min_query_length: 1 },
    },
    {
      type: "input" as const,
      block_id: "why",
      label: plain("Why"),
      optional: true,
      element: { type: "plain_text_input" as const, action_id: "text", multiline: true },
    },
    {
      type: "input" as const,
      block_id: "who",
      label: plain("Tell"),
      element: { type: "checkboxes" as const, action_id: "them", options },
    },
    {
      type: "input" as const,
      block_id: "how",
      label: plain("How"),
      element: {
        type: "radio_buttons" as const,
        action_id: "way",
        options,
        initial_option: options[0],
      },
    },
    {
      type: "input" as const,
      block_id: "owner",
      label: plain("Owner"),
      element: { type: "users_select" as const, action_id: "user" },
    },
  ],
};

test("a modal is filled in, corrected and sent from the keyboard", async () => {
  stage.bot.answers.set("shortcut", async ({ payload }) => {
    await stage.client().views.open({ trigger_id: String(payload["trigger_id"]), view });
    return {};
  });
  const deal = { text: plain("Harborlight"), value: "1001" };
  stage.bot.answers.set("block_suggestion", () => ({ body: { options: [deal] } }));
  let left = 1;
  stage.bot.answers.set("view_submission", () =>
    left-- > 0 ? { body: { response_action: "errors", errors: { deal: "It is closed." } } } : {},
  );
  await page.getByRole("button", { name: "Find contract" }).click();
  const dialog = page.getByRole("dialog", { name: "Link to deal" });
  await dialog.getByLabel("Deal").pressSequentially("Har");
  await until(async () =>
    expect(await dialog.getByLabel("Deal").getAttribute("data-offered")).toBe("1"),
  );
  await dialog.getByLabel("Deal").fill("Harborlight");
  await dialog.getByLabel("Why").fill("They asked");
  await dialog.getByRole("checkbox", { name: "Weekly" }).check();
  await dialog.getByLabel("Owner").selectOption(mara.id);
  await dialog.getByRole("button", { name: "Link", exact: true }).press("Enter");
  await dialog.getByText("It is closed.").waitFor();
  expect(await page.evaluate("document.activeElement.dataset.action")).toBe("id");
  await dialog.getByRole("button", { name: "Link", exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
  expect(last()).toMatchObject({
    type: "view_submission",
    view: {
      state: {
        values: {
          deal: { id: { selected_option: deal } },
          why: { text: { value: "They asked" } },
          who: { them: { selected_options: [options[1]] } },
          how: { way: { selected_option: options[0] } },
          owner: { user: { selected_user: mara.id } },
        },
      },
    },
  });
  await page.getByRole("button", { name: "Find contract" }).click();
  await dialog.waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await until(() => expect(last()).toMatchObject({ type: "view_closed" }));
});

test("App Home is drawn for whoever opens it, and its controls work", async () => {
  stage.bot.answers.set("app_home_opened", async ({ payload }) => {
    const { event } = payload;
    const user_id =
      typeof event === "object" && event !== null && "user" in event ? String(event.user) : "";
    const header = { type: "header" as const, text: plain(`Open for ${user_id}`) };
    await stage
      .client()
      .views.publish({ user_id, view: { type: "home", blocks: [header, actions] } });
    return {};
  });
  await page.getByRole("tab", { name: "Home" }).click();
  const home = page.getByRole("tabpanel", { name: "App Home" });
  await home.getByText(`Open for ${dana.id}`).waitFor();
  await become(mara.id);
  await home.getByText(`Open for ${mara.id}`).waitFor();
  await home.getByLabel("Digest").selectOption("daily");
  await until(() =>
    expect(last()).toMatchObject({ user: { id: mara.id }, view: { type: "home" } }),
  );
});

test("a message's shortcut, a link's preview, a thread's broadcast", async () => {
  const { chat } = stage.client();
  const url = "https://sign.example/1";
  const { ts } = await (await stage.sandbox.slack.person(mara.id)).say(`See ${url}`);
  const blocks = [{ type: "section" as const, text: plain("Order form, completed") }];
  await chat.unfurl({ channel, ts, unfurls: { [url]: { blocks } } });
  await page
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

test("a button asks first where the app wants that", async () => {
  const confirm = {
    title: plain("Send a reminder?"),
    text: plain("The provider writes to Ann Lee."),
    confirm: plain("Send"),
    deny: plain("Cancel"),
  };
  const button = { type: "button" as const, action_id: "remind", text: plain("Remind"), confirm };
  const blocks = [{ type: "actions" as const, elements: [button] }];
  await stage.client().chat.postMessage({ channel, text: "Sent", blocks });
  const remind = log().getByRole("button", { name: "Remind" });
  const question = page.getByRole("alertdialog", { name: "Send a reminder?" });
  await remind.press("Enter");
  await question.getByText("The provider writes to Ann Lee.").waitFor();
  await question.getByRole("button", { name: "Cancel" }).click();
  await question.waitFor({ state: "hidden" });
  await remind.press("Enter");
  await page.keyboard.press("Escape");
  await question.waitFor({ state: "hidden" });
  expect(stage.bot.heard).toEqual([]);
  await remind.press("Enter");
  await page.keyboard.press("Enter");
  await until(() => expect(last()).toMatchObject({ actions: [{ action_id: "remind" }] }));
  expect(stage.bot.heard).toHaveLength(1);
});

test("conversations are reached by arrow keys, and say what is new in them", async () => {
  const tab = (name: string) => page.getByRole("tab", { name });
  await stage.client().chat.postMessage({ channel: dana.id, text: "One for you" });
  await stage.client().chat.postMessage({ channel: dana.id, text: "Another for you" });
  await tab("Direct 2 new").waitFor();
  await tab("# contracts").press("ArrowRight");
  await log().getByText("One for you").waitFor();
  expect(await tab("Direct").getAttribute("aria-selected")).toBe("true");
  expect(await tab("Direct 2 new").count()).toBe(0);
  await page.keyboard.press("End");
  await page.getByRole("tabpanel", { name: "App Home" }).waitFor();
  await page.keyboard.press("ArrowRight");
  await until(async () =>
    expect(await tab("# contracts").getAttribute("aria-selected")).toBe("true"),
  );
});

test.each([1280, 390])("nothing is wider than a window of %i", async (width) => {
  await page.setViewportSize({ width, height: 844 });
  const text = "W".repeat(300);
  await stage.client().chat.postMessage({ channel, text, blocks: [actions] });
  await stage.client().chat.postMessage({ channel, text });
  await log().getByText(text).first().waitFor();
  const wide = "document.documentElement.scrollWidth > window.innerWidth";
  expect(await page.evaluate(wide)).toBe(false);
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
  const field = page.getByLabel("A message, or a slash command for the bot");
  await field.fill("/contract list");
  await field.press("Enter");
  await page.getByRole("alert").getByText("dispatch_failed").waitFor();
  expect(await field.inputValue()).toBe("/contract list");
});

test("pictures are drawn by the page's own renderer", async () => {
  const folder = await mkdtemp(join(tmpdir(), "countersign-pictures-"));
  const home = { type: "home", blocks: [{ type: "header", text: plain("Mine") }, actions] };
  const paths = await renderPictures(
    [
      { name: "card", text: "Sent", blocks: [actions], replies: [{ text: "Signed" }] },
      { name: "home", view: home },
      { name: "modal", view },
    ],
    { folder, now: new Date("2026-11-23T10:00:00Z") },
  );
  expect(paths.map((path) => path.slice(folder.length))).toEqual([
    "/card.png",
    "/home.png",
    "/modal.png",
  ]);
  for (const path of paths) {
    expect((await readFile(path)).subarray(1, 4).toString()).toBe("PNG");
  }
  await rm(folder, { recursive: true });
});
