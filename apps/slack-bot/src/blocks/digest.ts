import type { KnownBlock } from "@slack/types";
import type { Card } from "../contracts/card.ts";
import { digestMessageWords as words, type DigestKind } from "../words/digest-message-words.ts";
import { moreWords } from "../words/name-words.ts";
import { contractLine } from "./contract-line.ts";
import { quoteLimits, slackLimits } from "./limits.ts";
import { lineSections, mrkdwn, plain, type Message } from "./message.ts";
import { dateToken, literal } from "./text.ts";

/** What is summed up: each contract in one group, the most urgent of a group first. */
export type Digest = {
  kind: DigestKind;
  /** ISO 8601 UTC: when the one before it was. */
  since: string;
  attention: readonly Card[];
  waiting: readonly Card[];
  finished: readonly Card[];
  /** How many are summed up, where there were more; null where these are all. */
  cutAt: number | null;
};

/** Three groups with a line for each contract, 20 in all; how many more there are is said for each group. */
export function digestMessage(digest: Digest): Message {
  const { kind, attention, waiting, finished, cutAt } = digest;
  const counts = {
    attention: attention.length,
    waiting: waiting.length,
    finished: finished.length,
  };
  const room = quoteLimits.listed;
  const heading = `*${words.heading[kind]}* ${words.since} ${dateToken(digest.since)}`;
  const groups = [
    ...group(words.attention, attention, room),
    ...group(words.waiting, waiting, room - counts.attention),
    ...group(words.finished, finished, room - counts.attention - counts.waiting),
  ];
  const nothing = { type: "section", text: mrkdwn(words.nothing) } as const;
  const sentence = words.sentence(kind, counts);
  const note = cutAt === null ? null : words.cut(cutAt);
  return {
    text: literal(note === null ? sentence : `${sentence} ${note}`),
    blocks: [
      { type: "section", text: mrkdwn(heading) },
      ...(groups.length === 0 ? [nothing] : groups),
      ...(note === null ? [] : [{ type: "context" as const, elements: [plain(note)] }]),
    ],
  };
}

function group(name: string, cards: readonly Card[], atMost: number): KnownBlock[] {
  if (cards.length === 0) return [];
  const lines = lineSections(cards.map(contractLine), {
    atMost: Math.max(0, atMost),
    room: groupRoom,
    more: moreWords,
  });
  const heading = `*${name}* (${cards.length})`;
  return [{ type: "section", text: mrkdwn(heading) }, ...lines];
}

/** Three groups and their headings stay below what all blocks of a message may hold. */
const groupRoom = Math.floor((slackLimits.allBlocks - 1_500) / 3);
