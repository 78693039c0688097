// What is said of a channel's subscriptions and digests. Rules come in as sentences of ours.

import { quoteLimits } from "../blocks/limits.ts";
import { quote } from "../blocks/text.ts";
import type { DigestTimes } from "../subscriptions/digest-times.ts";
import type { PersonSettings } from "../people/settings.ts";
import { countWords } from "./name-words.ts";
import { weekdayWords } from "./settings-words.ts";
import { digestTimesWords } from "./subscription-words.ts";

export const subscribeWords = {
  noChannel:
    "Say that in the channel that is to hear of contracts. What you hear of yourself is in /contract settings.",
  tooMany: (most: number) =>
    `A channel has ${most} subscriptions at most. Take one away first: /contract unsubscribe.`,
  already: (rule: string) => `This channel is subscribed to that already. ${rule}`,
  insteadOf: (rule: string) => `It takes the place of the one with the same filters: ${rule}`,
  insteadOfDefault:
    "Until now this channel hears of everything, since countersign.yaml names it. Then it hears only of what its own subscriptions want.",
  beginsAnew: "Posting here was stopped; it begins anew.",
  offer: "Subscribe this channel",
  question: "Subscribe this channel?",
  confirm: "Subscribe",
  cancelled: "Nothing was changed.",
  examples: "For example:",
  notAll: (looked: string) => `That counts the ${looked} that changed last.`,
  subscribed: "Done. It counts from now on.",
  inWords: (rules: readonly string[]) =>
    rules.length === 1
      ? `This channel's subscription: ${rules[0] ?? ""}`
      : `This channel's ${countWords(rules.length, "subscription")}; what several of them want comes once:\n${rules.map((rule, index) => `${index + 1}. ${rule}`).join("\n")}`,
  isDefault:
    "This channel hears of everything, since slack.channel in countersign.yaml names it. To hear of less, subscribe it with filters.",
  hearsNothing: "This channel hears of no contract now. To subscribe it: /contract subscribe.",
  // Taking away
  goneAlready: "This subscription is gone already.",
  unsubscribed: (rules: readonly string[]) =>
    `Done: no more of “${rules.join("” and “")}” Cards that stand are kept true until their contracts end, without new lines.`,
  which: "Take one of these away",
  unsubscribe: "Unsubscribe",
  unsubscribeLabel: (number: number) => `Unsubscribe number ${number}`,
  noSuchNumber: (typed: string, count: number) =>
    `“${quote(typed, quoteLimits.name)}” is none of this channel's subscriptions. Say a number from 1 to ${count}, or all.`,
  // Listing
  heading: "What this channel hears of",
  madeBy: "by",
  stopped: "Stopped",
  stoppedAdvice: "When that is mended: /contract subscribe.",
  unreadable:
    "A subscription that this version of Countersign cannot read; it does nothing. Take it away, or update Countersign.",
  wholeDigest: (times: DigestTimes) =>
    `Posts a digest ${digestTimesWords(times)} of all that this channel hears of.`,
  // Digests
  digestOff: "Done: no more digests here.",
  noDigest: "There is no digest here.",
  unreadableDigest: (typed: string) =>
    `I cannot read “${quote(typed, quoteLimits.name)}”. Say /contract digest daily, weekdays or weekly, perhaps with a time and a zone: /contract digest daily at 9:00 Europe/Berlin. Or off; or nothing, for one now.`,
  ownDigest: (
    { every, at, weekday }: NonNullable<PersonSettings["digest"]>,
    quietWeekends: boolean,
  ) => {
    const when = {
      day: quietWeekends ? "each day but for your quiet weekends" : "each day",
      weekdays: "on weekdays",
      week: `each ${weekdayWords[weekday]}`,
    }[every];
    return `Done. You get a digest of your contracts ${when} at ${at}, by your time zone in Slack. More of what you hear: /contract settings.`;
  },
  ownDigestOff: "Done: you get no more digests.",
  noOwnZone:
    "Your own digest goes by your time zone in Slack. Leave the zone out, or change it in Slack's preferences.",
  directMessagesOff:
    "Direct messages are switched off in countersign.yaml (slack.directMessages), so I cannot send you a digest. An admin can change that.",
  noAddress:
    "I do not know your e-mail address at the providers and in the CRM. Say /contract connect <e-mail address>.",
};
