import { expect, test } from "vitest";
import { dana, mara } from "../slack/teams.ts";
import { actions, options, plain, view } from "../testing/slack-blocks.ts";
import { openSlackPage } from "../testing/slack-page.ts";
import { until } from "../testing/until.ts";

const { stage, page, become, last } = openSlackPage();

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
  await page().getByRole("button", { name: "Find contract" }).click();
  const dialog = page().getByRole("dialog", { name: "Link to deal" });
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
  expect(await page().evaluate("document.activeElement.dataset.action")).toBe("id");
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
  await page().getByRole("button", { name: "Find contract" }).click();
  await dialog.waitFor();
  await page().keyboard.press("Escape");
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
  await page().getByRole("tab", { name: "Home" }).click();
  const home = page().getByRole("tabpanel", { name: "App Home" });
  await home.getByText(`Open for ${dana.id}`).waitFor();
  await become(mara.id);
  await home.getByText(`Open for ${mara.id}`).waitFor();
  await home.getByLabel("Digest").selectOption("daily");
  await until(() =>
    expect(last()).toMatchObject({ user: { id: mara.id }, view: { type: "home" } }),
  );
});
