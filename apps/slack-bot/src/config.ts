import { webAddress } from "@countersign/core";
import {
  portVariable,
  readEnvironment,
  readSettings,
  SettingsError,
  StoreVariables,
  type Settings,
  type SlackSettings,
} from "@countersign/service";
import { storeOptions } from "@countersign/store";
import { z } from "zod";
import { accessVariables, readAccess, wayOf, type Access } from "./access.ts";
import type { Hearing } from "./ports.ts";
import type { Roles } from "./roles.ts";
import { slackLimits } from "./slack/pace.ts";

const slackApiUrl = webAddress.default("https://slack.com/api/");

const Variables = StoreVariables.safeExtend({
  SLACK_BOT_PORT: portVariable(3001),
  ...accessVariables,
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_APP_TOKEN: z.string().startsWith("xapp-", "must begin with xapp-").optional(),
  SLACK_API_URL: slackApiUrl,
});

const sections = ["slack", "sources.access"] as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** How Slack's requests reach us: over HTTP, signed, or through a socket that we open. */
export type Inlet = { mode: "http"; signingSecret: string } | { mode: "socket"; appToken: string };

/** Everything that the bot is told from outside, checked once. Throws SettingsError. */
export function readConfig(environment: Environment) {
  const variables = readEnvironment(Variables, environment);
  const file = variables.COUNTERSIGN_CONFIG;
  const settings = readSettings(file, sections, environment);
  const { slack } = settings;
  if (slack === undefined) {
    throw new SettingsError(
      `${file}:1: there is no slack section. Add one, or do not run the Slack bot.`,
    );
  }
  const access = readAccess(variables);
  return {
    port: variables.SLACK_BOT_PORT,
    logLevel: variables.LOG_LEVEL,
    slack,
    limits: slackLimits(slack.messagesPerSecond),
    access,
    apiUrl: variables.SLACK_API_URL.replace(/\/?$/, "/"),
    inlet: readInlet(variables),
    roles: rolesOf(slack),
    hearing: hearingOf(slack, access.way, file),
    dealFields: dealFieldsOf(settings),
    sources: settings.sources ?? [],
    file,
    store: { ...storeOptions(variables, "slack-bot"), schedules: true },
  };
}

/** What a task of the command line needs to open the store. Throws SettingsError. */
export function readStoreConfig(environment: Environment) {
  return storeOptions(readEnvironment(StoreVariables, environment), "slack-bot task");
}

const TaskVariables = z.object({
  COUNTERSIGN_CONFIG: StoreVariables.shape.COUNTERSIGN_CONFIG,
  SLACK_API_URL: slackApiUrl,
  ...accessVariables,
});

/**
 * What countersign.yaml, or the file given instead, says of Slack; null where it says nothing of it. Only `access`
 * asks for the credentials, so what calls nothing needs none. Throws SettingsError.
 */
export function readSlack(environment: Environment, instead?: string) {
  const variables = readEnvironment(TaskVariables, environment);
  const file = instead ?? variables.COUNTERSIGN_CONFIG;
  const settings = readSettings(file, sections, environment);
  const { slack } = settings;
  if (slack === undefined) return null;
  const way = wayOf(variables);
  return {
    way,
    access: () => readAccess(variables),
    apiUrl: variables.SLACK_API_URL.replace(/\/?$/, "/"),
    limits: slackLimits(slack.messagesPerSecond),
    allowed: slack.workspaces ?? [],
    sources: settings.sources ?? [],
    file,
    said: {
      roles: rolesOf(slack),
      hearing: hearingOf(slack, way, file),
      dealFields: dealFieldsOf(settings),
      stalls: slack.stalls,
      workingHours: slack.workingHours,
    },
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

function rolesOf({ admins, roles }: SlackSettings): Roles {
  return { admins: admins ?? null, allowed: roles };
}

function hearingOf(
  { channel, noise, directMessages, workspaces = [] }: SlackSettings,
  way: Access["way"],
  file: string,
): Hearing {
  const rest = { noise, directMessages };
  if (channel === undefined) return { defaultChannel: null, ...rest };
  if (way === "token") return { defaultChannel: { workspace: "", channel }, ...rest };
  const [workspace, ...others] = workspaces;
  if (workspace === undefined || others.length > 0) {
    throw new SettingsError(
      `${file}: slack.channel: with several workspaces nobody knows whose channel that is. Take it out, and subscribe channels by /contract subscribe.`,
    );
  }
  return { defaultChannel: { workspace, channel }, ...rest };
}

/** The configured CRMs, with the contract's custom field that names the deal. */
function dealFieldsOf({ hubspot, salesforce }: Settings): Record<string, string> {
  return {
    ...(hubspot === undefined ? {} : { hubspot: hubspot.linkField }),
    ...(salesforce === undefined ? {} : { salesforce: salesforce.linkField }),
  };
}
