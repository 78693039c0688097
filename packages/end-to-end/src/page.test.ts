import { openBrowser } from "@countersign/sandbox/browser";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sendAndSign } from "./send-and-sign.ts";
import { startStack, type Stack } from "./stack.ts";

let stack: Stack;
let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await stack[Symbol.asyncDispose]();
});

it("shows a contract's whole way to a person who has only the page", async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(15_000);
  await page.goto(`http://127.0.0.1:${stack.ports.sandbox}`);
  await sendAndSign(page);
  const messages = page.getByRole("log", { name: "Messages" });
  await messages.getByText("Completed").first().waitFor();
  await messages.getByText("Ken Ito signed").waitFor();
  const deal = page.getByRole("article", {
    name: "Harborlight Analytics: Annual platform licence",
  });
  await deal.getByText("completed").waitFor();
  const opportunity = page.getByRole("article", {
    name: "Fernhill Robotics: Assembly line vision",
  });
  await opportunity.getByText("completed").waitFor();
  await page.close();
  expect(stack.violations()).toEqual([]);
});
