import { SettingsError } from "@countersign/service";
import { z } from "zod";
import type { OAuthSettings } from "./installation/open-installation.ts";

/** How the bot comes by its tokens: the one of one workspace, or those of all that install the app by OAuth. */
export type Access =
  | { way: "token"; botToken: string }
  | ({ way: "oauth" } & Omit<OAuthSettings, "allowed">);

const keyHelp =
  "must be 32 random bytes in base64, such as `openssl rand -base64 32` prints; during a rotation several, the newest first, with commas between them";

/** 32 bytes are 43 letters and one sign of equality. */
const oneKey = /^[A-Za-z0-9+/]{43}=$/;

const TokenKeys = z.string().transform((text, context): OAuthSettings["tokenKeys"] => {
  const [newest, ...others] = text.split(/[\s,]+/).filter((key) => key !== "");
  if (newest !== undefined && [newest, ...others].every((key) => oneKey.test(key))) {
    return [Buffer.from(newest, "base64"), ...others.map((key) => Buffer.from(key, "base64"))];
  }
  context.addIssue({ code: "custom", message: keyHelp });
  return z.NEVER;
});

/** The environment variables of it. */
export const accessVariables = {
  SLACK_BOT_TOKEN: z.string().optional(),
  SLACK_CLIENT_ID: z.string().optional(),
  SLACK_CLIENT_SECRET: z.string().optional(),
  SLACK_STATE_SECRET: z
    .string()
    .min(16, "must be at least 16 letters that nobody can guess")
    .optional(),
  SLACK_TOKEN_KEY: TokenKeys.optional(),
};

const AccessVariables = z.object(accessVariables);

type Given = z.infer<typeof AccessVariables>;

/** By which way the variables mean to go, whether or not one is missing. */
export function wayOf(variables: Given): Access["way"] {
  const { SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, SLACK_STATE_SECRET, SLACK_TOKEN_KEY } = variables;
  const ofOAuth = [SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, SLACK_STATE_SECRET, SLACK_TOKEN_KEY];
  return ofOAuth.some((given) => given !== undefined) ? "oauth" : "token";
}

/** Throws SettingsError for what is missing or given twice. */
export function readAccess(variables: Given): Access {
  const {
    SLACK_BOT_TOKEN: botToken,
    SLACK_CLIENT_ID: clientId,
    SLACK_CLIENT_SECRET: clientSecret,
    SLACK_STATE_SECRET: stateSecret,
    SLACK_TOKEN_KEY: tokenKeys,
  } = variables;
  if (wayOf(variables) === "token") {
    return botToken === undefined ? missing("SLACK_BOT_TOKEN") : { way: "token", botToken };
  }
  if (botToken !== undefined) {
    throw new SettingsError(
      "Environment variable SLACK_BOT_TOKEN: unset it where workspaces install the app by OAuth (SLACK_CLIENT_ID), or unset the variables of OAuth.",
    );
  }
  return {
    way: "oauth",
    clientId: clientId ?? missing("SLACK_CLIENT_ID"),
    clientSecret: clientSecret ?? missing("SLACK_CLIENT_SECRET"),
    stateSecret: stateSecret ?? missing("SLACK_STATE_SECRET"),
    tokenKeys: tokenKeys ?? missing("SLACK_TOKEN_KEY"),
  };
}

const help = {
  SLACK_BOT_TOKEN:
    "set it to the app's bot token, xoxb-… (Slack: OAuth & Permissions), or set SLACK_CLIENT_ID for several workspaces",
  SLACK_CLIENT_ID: "set it to the app's client id (Slack: Basic Information)",
  SLACK_CLIENT_SECRET: "set it to the app's client secret (Slack: Basic Information)",
  SLACK_STATE_SECRET: "set it to a long random text, such as `openssl rand -hex 32` prints",
  SLACK_TOKEN_KEY: keyHelp.replace("must be", "set it to"),
};

function missing(variable: keyof typeof help): never {
  throw new SettingsError(`Environment variable ${variable}: ${help[variable]}.`);
}
