// What `/contract doctor` finds, and how each fault is mended.

import { time, type Piece } from "../blocks/answer.ts";
import { quoteLimits } from "../blocks/limits.ts";
import { quote } from "../blocks/text.ts";
import { countWords, moreWords } from "./name-words.ts";

const code = (given: string) => quote(given, quoteLimits.id);
const list = (names: readonly string[]) => names.map(code).join(", ");

/** As Slack shows a channel, which pings nobody; its id where it has the shape of none. */
function channel(id: string): Piece {
  return /^[CGD][A-Z0-9]+$/.test(id) ? { token: `<#${id}>` } : code(id);
}

/** How many addresses are named. */
const namedStrangers = 10;

export const doctorWords = {
  allWell: "Everything is well.",
  faults: (count: number) => `${countWords(count, "thing")} to mend.`,
  fix: "To mend it:",
  tokenWorks: "Slack takes the bot's token.",
  tokenRefused: (given: string) => `Slack refuses the bot's token (${code(given)}).`,
  slackAway: "Slack could not be asked about the bot's token.",
  waitForSlack: "Ask again in a minute. If it stays so, look at https://slack-status.com.",
  paused: (given: string) =>
    `Posting is paused since Slack refuses our credentials (${code(given)}).`,
  scopesAreThere: "The app has every scope that it needs.",
  missingScopes: (scopes: readonly string[]) => `The app lacks scopes: ${list(scopes)}.`,
  installAnew:
    "Print the manifest (npm run manifest), put it into the app's App Manifest in Slack, and install the app again.",
  unusedScopes: (scopes: readonly string[]) =>
    `The app has scopes that nothing uses: ${list(scopes)}.`,
  fewerScopes: "The manifest that npm run manifest prints asks for fewer.",
  noChannels: "No channel is subscribed to anything.",
  subscribe: "Type /contract subscribe in a channel.",
  channelsWell: (count: number) => `${countWords(count, "channel")} can be posted to.`,
  channelsLeftOut: (count: number) => `${countWords(count, "more channel")} not looked at.`,
  notMember: (id: string): Piece[] => ["The bot is no member of ", channel(id), "."],
  invite: "Type /invite @Countersign there.",
  archived: (id: string): Piece[] => [channel(id), " is archived."],
  unarchive: "Unarchive it, or type /contract subscribe in another channel.",
  notFound: (id: string): Piece[] => [
    channel(id),
    " cannot be seen: it was deleted, or it is private and the bot is no member.",
  ],
  inviteOrRemove: "If it is there, type /invite @Countersign in it.",
  notLookedAt: (id: string): Piece[] => ["Slack did not say how ", channel(id), " is."],
  stopped: (id: string, given: string): Piece[] => [
    "Nothing is posted to ",
    channel(id),
    ` any more, since Slack refused it (${code(given)}).`,
  ],
  subscribeAgain: "When the cause is removed, type /contract subscribe there.",
  ownersKnown: "Every owner of an open contract is known in Slack.",
  strangers: (strangers: readonly { email: string; contracts: number }[]) => {
    const named = strangers
      .slice(0, namedStrangers)
      .map(({ email, contracts }) => `${quote(email, quoteLimits.name)} (${contracts})`);
    const left = strangers.length - named.length;
    const all = left > 0 ? [...named, moreWords(left)] : named;
    return `Owners of open contracts whom nobody in Slack is, with how many: ${all.join(", ")}.`;
  },
  connect:
    "Whoever it is types /contract connect <that address>; an admin can do it for them: /contract connect @them <address>.",
  nothingWaits: "Nothing waits to be shown in Slack.",
  waits: (count: number, since: Date): Piece[] => [
    `${countWords(count, "change")} to be shown in Slack, the oldest since `,
    time(since),
    ".",
  ],
  whyItWaits: "The bot's log says why; docs/scaling.md says what to do when it cannot keep up.",
  nothingGivenUp: "Nothing was given up.",
  givenUp: (destination: string, count: number) =>
    `${countWords(count, "change")} given up for ${code(destination)}.`,
  redrive: (destination: string) =>
    `countersign deadletters says why. When the cause is removed: countersign deadletters redrive --destination ${code(destination)}.`,
  lastHeard: (source: string, at: Date): Piece[] => [
    `${code(source)} was last heard of `,
    time(at),
    ".",
  ],
  neverHeard: (source: string) => `Nothing has come from ${code(source)} of late.`,
  checkWebhook: (source: string) =>
    `Check the webhook at the provider: it goes to /webhooks/${code(source)} of the receiver, as docs/providers.md says.`,
};
