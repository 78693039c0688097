/** What was found out about how the bot stands in one workspace. */
export type Examination = {
  token:
    | { kind: "works"; scopes: readonly string[] | null }
    | { kind: "refused"; code: string; advice: string }
    /** Slack could not be asked. */
    | { kind: "away" };
  /** The bot scopes that the app's features need. */
  neededScopes: readonly string[];
  /** Slack refuses our credentials, and nothing is posted until it takes them again. */
  paused: { code: string; advice: string } | null;
  channels: readonly ExaminedChannel[];
  /** Channels that there was no room to look at. */
  channelsLeftOut: number;
  /** Addresses of owners that are nobody's in Slack, with how many open contracts are theirs. */
  strangers: readonly { email: string; contracts: number }[];
  /** What waits to be brought to Slack. */
  backlog: { waiting: number; since: Date | null };
  /** Wake-ups that were given up, by destination. */
  deadLetters: readonly { destination: string; waiting: number }[];
  /** When each source was last heard of; null where not of late. */
  sources: readonly { name: string; lastAt: Date | null }[];
};

/** A channel that is subscribed to something. */
export type ExaminedChannel = {
  channel: string;
  standing: "member" | "not-member" | "archived" | "not-found" | "unknown";
  /** Why its subscriptions were stopped. */
  stopped: { code: string } | null;
};
