import type { openBrowser } from "@countersign/sandbox/browser";

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof openBrowser>>["newPage"]>>;

/** As a person on the sandbox page: sends a DocuSign contract that is linked to a deal in each CRM, and has everybody sign. */
export async function sendAndSign(page: Page): Promise<void> {
  await page.getByLabel("Provider").selectOption("docusign");
  await page.getByLabel("HubSpot deal").selectOption("1001");
  await page.getByLabel("Salesforce opportunity").selectOption("006000000000001AAA");
  await page.getByRole("button", { name: "Send contract" }).click();
  for (const button of [
    "View as Dana Reyes",
    "Sign as Dana Reyes",
    "View as Ken Ito",
    "Sign as Ken Ito",
  ]) {
    await page.getByRole("button", { name: button }).click();
  }
}
