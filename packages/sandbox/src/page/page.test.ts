import { WebClient } from "@slack/web-api";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { botToken } from "../credentials.ts";
import { startSandbox, type Sandbox } from "../sandbox.ts";
import { contractsChannel } from "../slack/teams.ts";
import { startBot, type Bot } from "../testing/bot.ts";
import { openBrowser } from "../testing/browser.ts";
import { startReceiver, type Receiver } from "../testing/receiver.ts";

const channel = contractsChannel.id;
const hostile = `<img src=x onerror="document.title='owned'">`;
let bot: Bot;
let browser: Browser;
let receiver: Receiver;
let sandbox: Sandbox;
let slack: WebClient;
let page: Page;
let complaints: string[];
let deal: { id: string; name: string };

beforeAll(async () => {
  browser = await openBrowser();
  receiver = await startReceiver();
  bot = await startBot();
  sandbox = await startSandbox({ port: 0, receiverPort: receiver.port, slackBotPort: bot.port });
  slack = new WebClient(botToken, { slackApiUrl: `${sandbox.url}/slack/api/` });
}, 60_000);

afterAll(async () => {
  await browser.close();
  await sandbox.stop();
  await receiver[Symbol.asyncDispose]();
  await bot[Symbol.asyncDispose]();
});

beforeEach(async () => {
  await sandbox.reset();
  receiver.requests.length = 0;
  bot.forget();
  deal = sandbox.hubspot.deals()[0] ?? { id: "", name: "" };
  complaints = [];
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(15_000);
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(sandbox.url);
  await page.getByText("Live", { exact: true }).waitFor();
  await page.locator("option[value=ziasign]").waitFor({ state: "attached" });
  await page.getByRole("article", { name: deal.name }).waitFor();
});

afterEach(async () => {
  await page.close();
  if (complaints.length > 0) throw new Error(`the browser complained: ${complaints.join("; ")}`);
});

test("a contract is sent and signed from the page, with signed webhooks", async () => {
  await page.getByLabel("Provider").selectOption("ziasign");
  await page.getByLabel("Contract title").fill("Order form, Harbor");
  await page.getByRole("button", { name: "Send contract" }).click();
  const contract = page.locator("details.contract", { hasText: "Order form, Harbor" });
  await contract.getByRole("button", { name: "View as Dana Reyes" }).click();
  await contract.getByRole("button", { name: "Sign as Dana Reyes" }).click();
  await contract.getByText("partially signed").waitFor();
  await contract.getByRole("button", { name: "Decline as Ken Ito" }).click();
  await page.getByLabel("Reason").fill("Too expensive");
  await page.getByRole("button", { name: "Decline", exact: true }).click();
  await contract.locator(".chip", { hasText: "declined" }).waitFor();
  await page
    .locator("#latest-webhook", { hasText: "Declined by Ken Ito: Too expensive · 200" })
    .waitFor();
  expect(receiver.requests.length).toBeGreaterThanOrEqual(4);
  expect(receiver.requests.every(({ authentic }) => authentic)).toBe(true);
  expect(await contract.getByRole("button", { name: "Void" }).count()).toBe(0);
});

test("Slack's messages appear, change in place and gather replies without a reload", async () => {
  const { ts = "" } = await slack.chat.postMessage({
    channel,
    text: "Sent",
    blocks: [
      {
        type: "section",
        text: { type: "mrkdwn", text: "*Order form* was <https://x.example|sent>" },
      },
    ],
  });
  const messages = page.getByRole("log", { name: "Messages" });
  await messages.getByText("Order form").waitFor();
  expect(await messages.locator("strong").allTextContents()).toEqual(["Order form"]);
  expect(await messages.getByRole("link", { name: "sent" }).getAttribute("href")).toBe(
    "https://x.example",
  );
  await slack.chat.update({ channel, ts, text: "Signed :tada:" });
  await messages.getByText("Signed 🎉").waitFor();
  await slack.chat.postMessage({ channel, thread_ts: ts, text: "Ken Ito viewed it" });
  await messages.getByRole("group", { name: "Replies" }).getByText("Ken Ito viewed it").waitFor();
  expect(await messages.getByText("Order form").count()).toBe(0);
});

test("a deal that a person moves changes its stage on the board", async () => {
  const board = page.getByRole("region", { name: "HubSpot" });
  const won = board.locator("[data-stage=closedwon]");
  const stage = board.getByLabel(`Move ${deal.name} by hand`);
  await stage.selectOption("closedwon");
  await won.getByText(deal.name).waitFor();
  expect(sandbox.hubspot.journal()).toMatchObject([{ recordId: deal.id, by: "Dana Reyes" }]);
});

test("what strangers write is shown and does nothing", async () => {
  await page.getByLabel("Contract title").fill(hostile);
  await page.getByRole("button", { name: "Send contract" }).click();
  await page.locator(".contract-title", { hasText: "<img src=x" }).waitFor();
  await slack.chat.postMessage({ channel, text: `${hostile} <javascript:alert(1)|click>` });
  await page.getByRole("log", { name: "Messages" }).getByText("click").waitFor();
  sandbox.hubspot.editAsPerson(
    deal.id,
    { name: hostile, contractUrl: "javascript:alert(1)" },
    "Dana Reyes",
  );
  await page
    .getByRole("region", { name: "HubSpot" })
    .locator("b", { hasText: "<img src=x" })
    .waitFor();
  expect(await page.locator("img[src=x]").count()).toBe(0);
  expect(await page.locator("a[href^='javascript' i]").count()).toBe(0);
  expect(await page.title()).toBe("Countersign sandbox");
});

test("chaos at the chosen provider is switched on the page and seen in the webhooks", async () => {
  await page.getByLabel("Provider").selectOption("ziasign");
  await page.getByText("Chaos at ZiaSign").click();
  await page.getByLabel("Send each webhook twice").check();
  await page.getByLabel("Sign with the next secret").check();
  await page.getByText("Signs with sandbox-ziasign-next.").waitFor();
  await page.getByLabel("Lose one in").fill("2");
  await page.getByLabel("Lose one in").press("Enter");
  await page.getByText("twice, next secret, 1 in 2 lost").waitFor();
  await page.getByRole("button", { name: "Send contract" }).click();
  await page.locator("#webhooks-drawer summary").click();
  const rows = page.locator("#webhooks tr");
  await rows.filter({ hasText: "lost on the way" }).waitFor();
  await rows.filter({ hasText: "duplicate" }).filter({ hasText: "401" }).waitFor();
  await page.getByLabel("Provider").selectOption("docusign");
  await page.getByText("none · also at ZiaSign").waitFor();
  expect(await page.getByLabel("Send each webhook twice").isChecked()).toBe(false);
});

test("what is held back is counted and let go from the page", async () => {
  await page.getByLabel("Provider").selectOption("ziasign");
  await page.getByText("Chaos at ZiaSign").click();
  await page.getByLabel("Hold them back").check();
  await page.getByRole("button", { name: "Send contract" }).click();
  await page.getByRole("button", { name: "Send the 2 held back" }).click();
  await vi.waitFor(() => expect(receiver.requests).toHaveLength(2));
  await page.getByRole("button", { name: "held back" }).waitFor({ state: "hidden" });
  expect(await page.getByLabel("Hold them back").isChecked()).toBe(false);
});

test("it fits a laptop and a phone without scrolling sideways", async () => {
  await slack.chat.postMessage({ channel, text: "w".repeat(400) });
  await page.getByRole("log", { name: "Messages" }).getByText("www").waitFor();
  await page.locator("#chaos summary").click();
  for (const width of [1280, 900, 390]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
  }
});

test("focus stays on the control that was used when the list is drawn anew", async () => {
  await page.getByRole("button", { name: "Send contract" }).click();
  await page.getByRole("button", { name: "View as Ken Ito" }).waitFor();
  await page.getByRole("button", { name: "Sign as Dana Reyes" }).focus();
  const [contract] = sandbox.desk.contracts();
  if (contract === undefined) throw new Error("nothing was sent");
  sandbox.desk.act(contract, { kind: "view", signer: "dana.reyes@northgate.example" });
  await page.locator(".signer.viewed").waitFor();
  await vi.waitFor(async () => {
    const focused = await page.evaluate("document.activeElement.getAttribute('aria-label')");
    expect(focused).toBe("Sign as Dana Reyes");
  });
});
