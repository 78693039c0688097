import { join } from "node:path";
import { openBrowser } from "@countersign/sandbox/browser";
import { sendAndSign } from "./send-and-sign.ts";
import { root, startStack } from "./stack.ts";

/** Takes the README's picture of the sandbox page anew: `npm run picture -w @countersign/end-to-end`. */
await using stack = await startStack();
const browser = await openBrowser();
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.goto(`http://127.0.0.1:${stack.ports.sandbox}`);
await sendAndSign(page);
await page.getByRole("log", { name: "Messages" }).getByText("Ken Ito signed").waitFor();
const deals = [
  "Harborlight Analytics: Annual platform licence",
  "Fernhill Robotics: Assembly line vision",
];
for (const name of deals) {
  const deal = page.getByRole("article", { name });
  await deal.getByText("completed").waitFor();
  await deal.scrollIntoViewIfNeeded();
}
await page.getByRole("log", { name: "Messages" }).evaluate((log) => (log.scrollTop = 0));
await page.waitForTimeout(1_500);
await page.screenshot({ path: join(root, "docs/sandbox.png") });
await browser.close();
