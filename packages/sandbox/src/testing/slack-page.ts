import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { openBrowser } from "./browser.ts";
import { openStage } from "./slack-stage.ts";

/**
 * The sandbox's page in a browser, anew for each test of the file that calls it; a test in which the browser
 * complained fails.
 */
export function openSlackPage() {
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

  return {
    stage,
    page: () => page,
    log: () => page.getByRole("log", { name: "Messages" }),
    become: (id: string) => page.getByLabel("Who you are").selectOption(id),
    /** What the bot heard last. */
    last: () => stage.bot.heard.at(-1)?.payload,
  };
}
