import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "@countersign/postgres";
import { close, listen } from "../listening.ts";
import { createBot } from "../testing/bot.ts";
import { sendCommand } from "./slash-command.ts";

const bot = createBot();
const now = new Date("2026-11-23T10:00:00.000Z");
let botUrl: string;

beforeAll(async () => {
  botUrl = `http://127.0.0.1:${await listen(bot, 0)}`;
});

afterAll(() => close(bot));

test("a command reaches the bot signed, and its answer comes back", async () => {
  expect(await sendCommand("/contract status Order form", { botUrl, now })).toEqual({
    answered: true,
    answer: { text: "Heard /contract: status Order form", blocks: [] },
  });
});

test("a command that the bot does not know is named", async () => {
  const outcome = await sendCommand("/agreement", { botUrl, now });
  expect(outcome).toEqual({
    answered: false,
    reason: "The Slack bot knows no /agreement (it answered 404).",
  });
});

test("a bot that is not there is said to be so", async () => {
  const away = `http://127.0.0.1:${await freePort()}`;
  expect(await sendCommand("/contract", { botUrl: away, now })).toMatchObject({ answered: false });
});
