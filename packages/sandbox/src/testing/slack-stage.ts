import { LogLevel, WebClient } from "@slack/web-api";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { botToken } from "../credentials.ts";
import { startSandbox, type Sandbox } from "../sandbox.ts";
import { startBot, type Bot } from "./bot.ts";

export type Stage = {
  bot: Bot;
  sandbox: Sandbox;
  /** The bot's own client; another token makes it another caller. */
  client: (token?: string) => WebClient;
  /** Lets the sandbox's clock run ahead by so many seconds more. */
  wait: (seconds: number) => void;
};

/** A sandbox and a bot for the tests of one file, as new before each. */
export function openStage(): Stage {
  let bot: Bot | undefined;
  let sandbox: Sandbox | undefined;
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  beforeAll(async () => {
    bot = await startBot();
    sandbox = await startSandbox({ port: 0, receiverPort: 1, slackBotPort: bot.port, now });
  });
  beforeEach(async () => {
    bot?.forget();
    await sandbox?.reset();
  });
  afterAll(async () => {
    await sandbox?.stop();
    await bot?.[Symbol.asyncDispose]();
  });
  return {
    get bot() {
      if (bot === undefined) throw new Error("the bot has not been started");
      return bot;
    },
    get sandbox() {
      if (sandbox === undefined) throw new Error("the sandbox has not been started");
      return sandbox;
    },
    client(token = botToken) {
      const slackApiUrl = `${this.sandbox.url}/slack/api/`;
      const logLevel = LogLevel.ERROR;
      return new WebClient(token, { slackApiUrl, retryConfig: { retries: 0 }, logLevel });
    },
    wait: (seconds) => void (ahead += seconds * 1_000),
  };
}
