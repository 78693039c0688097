import { expect, test } from "vitest";
import { contractsChannel, mara } from "../slack/teams.ts";
import { actions, plain } from "../testing/slack-blocks.ts";
import { openSlackPage } from "../testing/slack-page.ts";
import { until } from "../testing/until.ts";

const { stage, page, log, become, last } = openSlackPage();
const channel = contractsChannel.id;

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
  const question = page().getByRole("alertdialog", { name: "Send a reminder?" });
  await remind.press("Enter");
  await question.getByText("The provider writes to Ann Lee.").waitFor();
  await question.getByRole("button", { name: "Cancel" }).click();
  await question.waitFor({ state: "hidden" });
  await remind.press("Enter");
  await question.waitFor();
  await page().keyboard.press("Escape");
  await question.waitFor({ state: "hidden" });
  expect(stage.bot.heard).toEqual([]);
  await remind.press("Enter");
  await question.waitFor();
  await page().keyboard.press("Enter");
  await until(() => expect(last()).toMatchObject({ actions: [{ action_id: "remind" }] }));
  expect(stage.bot.heard).toHaveLength(1);
});
