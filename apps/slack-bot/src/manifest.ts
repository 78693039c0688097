import type { Command } from "./commands/command.ts";

/**
 * The bot scopes: to post and edit; to read back whether a message whose posting broke off was posted; and
 * to answer commands. Not chat:write.public: only a member of a channel can read back.
 */
export const botScopes = ["chat:write", "channels:history", "groups:history", "commands"] as const;

/**
 * The Slack app manifest (https://docs.slack.dev/reference/app-manifest). `address` is where Slack reaches
 * the bot over HTTPS, or null for Socket Mode.
 */
export function createManifest(commands: readonly Command[], address: string | null) {
  const url = address === null ? {} : { url: new URL("/slack/events", address).href };
  const requests = address === null ? {} : { request_url: new URL("/slack/events", address).href };
  return {
    display_information: {
      name: "Countersign",
      description:
        "One card for each contract, true to its state as it is sent, viewed and signed.",
    },
    features: {
      bot_user: { display_name: "Countersign", always_online: true },
      slash_commands: slashCommands(commands, url),
    },
    oauth_config: { scopes: { bot: [...botScopes] } },
    settings: {
      interactivity: { is_enabled: true, ...requests },
      socket_mode_enabled: address === null,
      org_deploy_enabled: false,
      token_rotation_enabled: false,
    },
  };
}

function slashCommands(commands: readonly Command[], url: { url?: string }) {
  const bySlash = Map.groupBy(commands, ({ slash }) => slash);
  return [...bySlash].map(([command, verbs]) => ({
    command,
    description: verbs.map(({ summary }) => summary).join("; "),
    usage_hint: verbs.map(({ verb, words }) => `${verb} ${words}`).join(" | "),
    should_escape: false,
    ...url,
  }));
}
