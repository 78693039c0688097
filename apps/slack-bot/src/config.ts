import { providerById } from "@countersign/core";
import {
  portVariable,
  readEnvironment,
  readSettings,
  SettingsError,
  storeVariables,
  type Settings,
} from "@countersign/service";
import { storeOptions } from "@countersign/store";
import { z } from "zod";
import type { Context } from "./notifications/notify.ts";
import { slackLimits } from "./slack/pace.ts";

const botTokenHelp = "set it to the app's bot token, xoxb-… (Slack: OAuth & Permissions)";

const Variables = z.object({
  ...storeVariables,
  SLACK_BOT_PORT: portVariable(3001),
  SLACK_BOT_TOKEN: z.string({ error: botTokenHelp }),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_APP_TOKEN: z.string().startsWith("xapp-", "must begin with xapp-").optional(),
  SLACK_API_URL: z.url().default("https://slack.com/api/"),
});

/** How Slack's requests reach us: over HTTP, signed, or through a socket that we open. */
export type Inlet = { mode: "http"; signingSecret: string } | { mode: "socket"; appToken: string };

/** Everything that the bot is told from outside, checked once. Throws SettingsError. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>) {
  const variables = readEnvironment(Variables, environment);
  const settings = readSettings(variables.COUNTERSIGN_CONFIG, ["slack"], environment);
  if (settings.slack === undefined) {
    throw new SettingsError(
      `${variables.COUNTERSIGN_CONFIG}:1: there is no slack section. Add one with the channel's id, or do not run the Slack bot.`,
    );
  }
  return {
    port: variables.SLACK_BOT_PORT,
    channel: settings.slack.channel,
    limits: slackLimits(settings.slack.messagesPerSecond),
    botToken: variables.SLACK_BOT_TOKEN,
    apiUrl: variables.SLACK_API_URL.replace(/\/?$/, "/"),
    inlet: readInlet(variables),
    context: readContext(settings),
    store: storeOptions(variables, "slack-bot"),
  };
}

function readInlet(variables: z.infer<typeof Variables>): Inlet {
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = variables;
  if (appToken !== undefined) return { mode: "socket", appToken };
  if (signingSecret !== undefined) return { mode: "http", signingSecret };
  throw new SettingsError(
    "Environment variable SLACK_SIGNING_SECRET: set it to the app's signing secret (Slack: Basic Information), or set SLACK_APP_TOKEN for Socket Mode.",
  );
}

function readContext({ sources = [], hubspot, salesforce }: Settings): Context {
  const titles = new Map(
    sources.map(({ name, provider }) => [name, providerById(provider)?.title ?? provider]),
  );
  return {
    providerOf: (source) => titles.get(source) ?? source,
    dealFields: {
      ...(hubspot === undefined ? {} : { hubspot: hubspot.linkField }),
      ...(salesforce === undefined ? {} : { salesforce: salesforce.linkField }),
    },
  };
}
