import type { Command } from "./commands/command.ts";
import type { EventHandler } from "./events/event.ts";
import { botScopes } from "./scopes.ts";
import type { Shortcut } from "./shortcuts/shortcut.ts";
import { manifestWords as words } from "./words/manifest-words.ts";

export type ManifestOptions = {
  commands: readonly Pick<Command, "slash" | "verb" | "forAdmins">[];
  shortcuts: readonly Pick<Shortcut, "id" | "kind" | "name" | "description">[];
  events: readonly Pick<EventHandler, "type" | "scopes">[];
  /** The domains whose links Slack tells us of. */
  unfurlDomains: readonly string[];
  /** Where Slack reaches the bot over HTTPS; null for Socket Mode. */
  address: string | null;
  /** Whether workspaces and organizations install it by OAuth, for which there must be an address. */
  isInstalledByOAuth: boolean;
};

/** The Slack app manifest: https://docs.slack.dev/reference/app-manifest */
export function createManifest(options: ManifestOptions) {
  const { shortcuts, events, unfurlDomains, address, isInstalledByOAuth } = options;
  const url = address === null ? null : new URL("/slack/events", address).href;
  const requests = url === null ? {} : { request_url: url };
  return {
    _metadata: { major_version: 2, minor_version: 0 },
    display_information: {
      name: words.name,
      description: words.description,
      long_description: words.longDescription,
      background_color: "#1f3a5f",
    },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        // Read-only would leave no place to type commands there.
        messages_tab_read_only_enabled: false,
      },
      bot_user: { display_name: words.name, always_online: true },
      shortcuts: shortcuts.map(({ id, kind, name, description }) => ({
        name,
        type: kind,
        callback_id: id,
        description,
      })),
      slash_commands: slashCommands(options.commands, url === null ? {} : { url }),
      ...(unfurlDomains.length > 0 ? { unfurl_domains: [...unfurlDomains] } : {}),
    },
    oauth_config: {
      ...(isInstalledByOAuth && address !== null
        ? { redirect_urls: [new URL("/slack/oauth_redirect", address).href] }
        : {}),
      scopes: { bot: botScopes(events) },
    },
    settings: {
      event_subscriptions: { ...requests, bot_events: events.map(({ type }) => type).toSorted() },
      interactivity: {
        is_enabled: true,
        ...requests,
        ...(url === null ? {} : { message_menu_options_url: url }),
      },
      org_deploy_enabled: isInstalledByOAuth,
      socket_mode_enabled: url === null,
      // A token of the environment could not be exchanged when it ends.
      token_rotation_enabled: isInstalledByOAuth,
    },
  };
}

function slashCommands(commands: ManifestOptions["commands"], url: { url?: string }) {
  const bySlash = Map.groupBy(commands, ({ slash }) => slash);
  return [...bySlash].map(([command, all]) => ({
    command,
    description: words.command,
    usage_hint: all
      .filter(({ forAdmins }) => forAdmins !== true)
      .map(({ verb }) => verb)
      .join(" | "),
    // Else a mention comes as a mere name: subscriptions/slack-text.ts reads back what this escapes.
    should_escape: true,
    ...url,
  }));
}
