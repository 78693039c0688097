import type { KnownBlock } from "@slack/types";
import { sentence } from "../words/name-words.ts";
import { subscribeWords as words } from "../words/subscribe-words.ts";
import { actionIds, variantOf } from "./action-ids.ts";
import { person } from "./answer.ts";
import { quoteLimits, slackLimits } from "./limits.ts";
import { cut, mrkdwn, plain, type Message } from "./message.ts";
import { dateToken, literal, quote } from "./text.ts";

/** One of a channel's subscriptions. `rule` is plain text, `madeBy` a Slack id or what made it. */
export type ListedSubscription = {
  id: string;
  rule: string;
  madeBy: string;
  madeAt: Date;
  /** Why nothing more is posted; null while it is. */
  stopped: string | null;
};

/** A channel's subscriptions, numbered, with `notes` of plain text; `removable`: each with a button to take it away. */
export function subscriptionList(
  heading: string,
  subscriptions: readonly ListedSubscription[],
  { notes = [], removable }: { notes?: readonly string[]; removable: boolean },
): Message {
  const said = subscriptions.map(({ rule, stopped }, index) => {
    const why = stopped === null ? "" : ` ${words.stopped}: ${stoppedWords(stopped)}`;
    return `${index + 1}. ${rule}${why}`;
  });
  return {
    text: cut(literal([`${heading}:`, ...said, ...notes].join("\n")), slackLimits.messageText),
    blocks: [
      { type: "section", text: mrkdwn(`*${literal(heading)}*`) },
      ...subscriptions.map((one, index) =>
        subscriptionBlock(one, index + 1, { count: subscriptions.length, removable }),
      ),
      ...notes.map((note) => ({ type: "section", text: mrkdwn(literal(note)) }) as const),
    ],
  };
}

/** How long a rule may be, the longest that fits is taken. */
const ruleLengths = [2_000, 1_000, 500, 250, 120, 60];

/** How long a reason and a name may be, with what escapes them. */
const smallPrint = { reason: 90, name: 40 };

/** One of `count`, so that all of them fit into a message: each gets its share of what blocks may hold. */
function subscriptionBlock(
  subscription: ListedSubscription,
  number: number,
  { count, removable }: { count: number; removable: boolean },
): KnownBlock {
  const share = (slackLimits.allBlocks - roomForNotes) / count;
  const blocks = ruleLengths.map((length) => blockWith(subscription, number, length, removable));
  const fitting = blocks.find((block) => JSON.stringify(block).length <= share);
  return fitting ?? blockWith(subscription, number, ruleLengths.at(-1) ?? 0, removable);
}

const roomForNotes = 1_500;

function blockWith(
  { id, rule, madeBy, madeAt, stopped }: ListedSubscription,
  number: number,
  ruleLength: number,
  removable: boolean,
): KnownBlock {
  const by = person(madeBy);
  const who =
    typeof by === "string" ? cut(literal(quote(by, smallPrint.name)), smallPrint.name) : by.token;
  const lines = [
    `*${number}* ${cut(literal(rule), ruleLength)}`,
    ...(stopped === null ? [] : [`⛔ *${words.stopped}* ${shortReason(stopped)}`]),
    `${words.madeBy} ${who} · ${dateToken(madeAt.toISOString())}`,
  ];
  const section = { type: "section", text: mrkdwn(lines.join("\n")) } as const;
  if (!removable) return section;
  return {
    ...section,
    accessory: {
      type: "button",
      action_id: variantOf(actionIds.unsubscribe, id),
      text: plain(words.unsubscribe),
      value: id,
      accessibility_label: words.unsubscribeLabel(number),
    },
  };
}

function shortReason(reason: string): string {
  return cut(literal(stoppedWords(reason)), smallPrint.reason);
}

function stoppedWords(reason: string): string {
  return sentence(quote(reason, quoteLimits.partyReason));
}
