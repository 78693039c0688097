import type { EventHandler } from "./events/event.ts";

/** One thing that the bot does in Slack: the bot scopes that it needs, and the methods that it calls for it. */
type Feature = { does: string; scopes: readonly string[]; methods: readonly string[] };

/**
 * Why the app asks for each scope (https://docs.slack.dev/reference/scopes); events name theirs themselves. Not
 * chat:write.public: only a member of a channel can read back whether a message was posted.
 */
export const features: readonly Feature[] = [
  {
    does: "posts and edits cards, lines and direct messages",
    scopes: ["chat:write"],
    methods: ["chat.postMessage", "chat.update"],
  },
  {
    does: "finds out whether a message whose posting broke off was posted",
    scopes: ["channels:history", "groups:history", "im:history"],
    methods: ["conversations.history", "conversations.replies"],
  },
  { does: "writes to people", scopes: ["im:write"], methods: ["conversations.open"] },
  {
    does: "knows people by their addresses, their time zones, and who is an admin",
    scopes: ["users:read", "users:read.email"],
    methods: ["users.info", "users.list", "users.lookupByEmail"],
  },
  {
    does: "checks the channels that it posts to",
    scopes: ["channels:read", "groups:read"],
    methods: ["conversations.info"],
  },
  {
    does: "shows contracts and deals below links to them",
    scopes: ["links:write"],
    methods: ["chat.unfurl"],
  },
  { does: "answers commands and shortcuts", scopes: ["commands"], methods: [] },
  {
    does: "shows modals and App Home",
    scopes: [],
    methods: ["views.open", "views.publish", "views.push"],
  },
  {
    does: "is installed, checked and taken out",
    scopes: [],
    methods: ["auth.revoke", "auth.test", "oauth.v2.access"],
  },
];

/** Every bot scope that the app asks for, in order. */
export function botScopes(events: readonly Pick<EventHandler, "scopes">[]): string[] {
  return [...new Set([...features, ...events].flatMap(({ scopes }) => scopes))].toSorted();
}
