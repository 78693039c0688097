/** What an admin is told of a channel or person that cannot be posted to. */
export const stopWords = {
  reason: (code: string) => `Slack refused (${code})`,
  channelAdvice: (code: string) =>
    `${channelAdvice[code] ?? "See that the channel exists, is open for posts, and has the app as a member (/invite @Countersign)."} Then type /contract subscribe there.`,
  personAdvice:
    "See that the person's account is active, and that the app's Messages tab is on (App Home, in the app's settings). I try again in a day.",
};

const channelAdvice: Record<string, string> = {
  not_in_channel: "Type /invite @Countersign in the channel.",
  channel_not_found:
    "The channel was deleted, or is private and the app is no member: type /invite @Countersign there.",
  is_archived: "Unarchive the channel, or subscribe another one.",
  restricted_action:
    "Only some people may post there: let the app do so in the channel's settings, under posting permissions.",
};
