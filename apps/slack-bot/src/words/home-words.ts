// App Home: a person's contracts and their switches.

import { quoteLimits } from "../blocks/limits.ts";
import { quote } from "../blocks/text.ts";
import type { Urgency } from "../home/urgency.ts";
import { dmTypes, type DmType, type PersonSettings } from "../people/settings.ts";
import { countWords, titleWords } from "./name-words.ts";
import { weekdayWords } from "./settings-words.ts";

export const homeWords = {
  title: "Your open contracts",
  /** Each with its emoji. */
  groups: {
    expiring: { emoji: "⏰", name: "Expiring soon" },
    mine: { emoji: "👉", name: "Needs your move" },
    stalled: { emoji: "💤", name: "Stalled" },
    waiting: { emoji: "⏳", name: "Waiting for others" },
  } satisfies Record<Urgency, { emoji: string; name: string }>,
  finished: { emoji: "🏁", name: "Finished lately" },
  quiet: "🔕 quiet for you",
  show: "Show",
  showLabel: (title: string | null) => `Show the contract ${titleWords(title)}`,
  switches: { emoji: "🔔", name: "What I tell you" },
  change: "Change",
  changeLabel: "Change what I tell you",
  unknown:
    "I do not know your e-mail address, so I cannot tell which contracts are yours. Type /contract connect and your address.",
  none: "None of your contracts is open. What you send, or have to sign, shows up here by itself.",
};

/** Whose contracts, how many, and what they need. */
export function countsWords(counts: Readonly<Record<Urgency, number>>, hasMore: boolean): string {
  const { expiring, mine, stalled, waiting } = counts;
  const all = expiring + mine + stalled + waiting;
  const parts = [
    expiring > 0 ? countWords(expiring, "expires soon", "expire soon") : null,
    mine > 0 ? countWords(mine, "needs your move", "need your move") : null,
    stalled > 0 ? countWords(stalled, "has stalled", "have stalled") : null,
    waiting > 0 ? countWords(waiting, "waits for others", "wait for others") : null,
  ].filter((part) => part !== null);
  const open = hasMore
    ? `More than ${countWords(all, "open contract")}`
    : countWords(all, "open contract");
  return `${open}: ${parts.join(", ")}.`;
}

export function ownersWords(email: string): string {
  const who = quote(email, quoteLimits.name);
  return `What ${who} sent or has to sign, and what belongs to their deals. Not you? Type /contract connect.`;
}

export function pageWords(page: number, pages: number): string {
  return `Page ${page} of ${pages}`;
}

/** What happens to a contract, in a word among others. */
const toldWords: Record<DmType, string> = {
  sent: "sent",
  viewed: "viewed",
  signed: "signed",
  completed: "completed",
  declined: "declined",
  voided: "voided",
  expired: "expired",
  attention: "cannot go on",
  stalled: "stalled",
  expiring: "about to expire",
};

/** What a person is told by direct message, when not, and their digest: three lines, each a name and its value. */
export function switchesWords(
  { dm, ownActions, quietHours, weekends, digest }: PersonSettings,
  timezone: string | null,
): { name: string; value: string }[] {
  const told = dmTypes.filter((type) => dm[type]).map((type) => toldWords[type]);
  const own = ownActions ? "; what you did yourself too" : "";
  const hours = quietHours === null ? [] : [`from ${quietHours.from} to ${quietHours.to}`];
  const days = weekends === "quiet" ? ["at weekends"] : [];
  const quietTimes = [...hours, ...days].join(" and ");
  const zone = timezone === null ? "" : ` (${quote(timezone, quoteLimits.name)})`;
  return [
    {
      name: "Direct messages",
      value: told.length === 0 ? "none" : `${told.join(", ")}${own}`,
    },
    { name: "Quiet", value: quietTimes === "" ? "never" : `${quietTimes}${zone}` },
    { name: "Digest", value: digestWords(digest) },
  ];
}

function digestWords(digest: PersonSettings["digest"]): string {
  if (digest === null) return "off";
  if (digest.every === "day") return `daily at ${digest.at}`;
  return `every ${weekdayWords[digest.weekday]} at ${digest.at}`;
}
