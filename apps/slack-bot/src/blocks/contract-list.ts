import type { KnownBlock } from "@slack/types";
import type { Card } from "../contracts/card.ts";
import { lineSentence } from "../words/line-words.ts";
import { listWords } from "../words/list-words.ts";
import { moreWords } from "../words/name-words.ts";
import { contractLine } from "./contract-line.ts";
import { slackLimits } from "./limits.ts";
import { cut, lineSections, mrkdwn, plain, sentenceMessage, type Message } from "./message.ts";
import { pageButtons, type Paging } from "./page-buttons.ts";
import { literal } from "./text.ts";

/** How many contracts a page of a list shows. */
export const listPage = 10;

/** `page` counts from 1. `heading` is of our own words; `empty` is said where there is nothing to list. */
export type ContractList = ListHead & { cards: readonly Card[] };

type ListHead = {
  heading: string;
  page: number;
  paging: Paging;
  empty?: string;
  /** Said below the list, in our own words. */
  note?: string | null;
};

/** One line for each contract, with buttons to the pages beside this one. */
export function contractListMessage({ cards, ...head }: ContractList): Message {
  const entries = cards.map((card) => ({ line: contractLine(card), sentence: lineSentence(card) }));
  return groupedListMessage({ ...head, groups: [{ name: null, entries }] });
}

/** Contracts that stand together. `name` is of our own words; null where the list is not in groups. */
export type ListGroup = { name: string | null; entries: readonly ListEntry[] };

/** A line of mrkdwn, and the same as a plain sentence. */
export type ListEntry = { line: string; sentence: string };

/** The same in groups, `listPage` contracts in all; a group without any is left out. */
export function groupedListMessage({
  heading,
  page,
  paging,
  empty,
  note = null,
  groups,
}: ListHead & { groups: readonly ListGroup[] }): Message {
  const entries = groups.flatMap((group) => group.entries).slice(0, listPage);
  if (entries.length === 0) {
    const { text, blocks } = sentenceMessage(empty ?? listWords.none);
    return { text, blocks: [...blocks, ...pageButtons(paging)] };
  }
  const head = listWords.onPage(heading, page);
  const said = note === null ? [] : [note];
  const text = [`${head}:`, ...entries.map(({ sentence }) => sentence), ...said].join("\n");
  return {
    text: cut(literal(text), slackLimits.messageText),
    blocks: [
      { type: "section", text: mrkdwn(`*${literal(head)}*`) },
      ...groupBlocks(groups, entries),
      ...said.map((one): KnownBlock => ({ type: "context", elements: [plain(one)] })),
      ...pageButtons(paging),
    ],
  };
}

/** What the blocks of the groups may hold together. */
const groupsRoom = slackLimits.allBlocks - 2_000;

/** What is kept free for a group whose lines find no room: its heading, and how many they are. */
const leastRoom = 400;

function groupBlocks(groups: readonly ListGroup[], shown: readonly ListEntry[]): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  for (const [place, { name, entries }] of groups.entries()) {
    const lines = entries.filter((entry) => shown.includes(entry)).map(({ line }) => line);
    if (lines.length === 0) continue;
    const kept = leastRoom * (groups.length - place - 1);
    const room = groupsRoom - JSON.stringify(blocks).length - kept;
    if (name !== null) blocks.push({ type: "section", text: mrkdwn(`*${literal(name)}*`) });
    blocks.push(...lineSections(lines, { atMost: listPage, room, more: moreWords }));
  }
  return blocks;
}
