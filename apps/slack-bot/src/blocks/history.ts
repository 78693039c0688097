import type { Via } from "@countersign/core";
import type { Card } from "../contracts/card.ts";
import type { Happening } from "../contracts/moments.ts";
import { happeningSentence } from "../words/happening-words.ts";
import { historyWords, viaWords } from "../words/history-words.ts";
import { listWords } from "../words/list-words.ts";
import { moreWords, sentence, titleWords } from "../words/name-words.ts";
import { quoteLimits, slackLimits } from "./limits.ts";
import { cut, lineSections, mrkdwn, type Message } from "./message.ts";
import { pageButtons, type Paging } from "./page-buttons.ts";
import { dateToken, literal, quote } from "./text.ts";

/** One event as the history has it. */
export type HistoryEntry = Happening & {
  via: Via;
  /** Somebody says so whom nothing proves. */
  claimed: boolean;
  /** What a provider noted, in a few words. */
  note: string | null;
};

/** How many events a page of the history shows. */
export const historyPage = 15;

export type History = {
  card: Card;
  entries: readonly HistoryEntry[];
  /** From 1. */
  page: number;
  paging: Paging;
};

/** What happened to a contract, in order, with when the provider says it did and how we learned of it. */
export function historyMessage({ card, entries, page, paging }: History): Message {
  const title = titleWords(card.title);
  const heading = listWords.onPage(historyWords.heading(title), page);
  const shown = entries.slice(0, historyPage);
  const lines = shown.length === 0 ? [historyWords.nothing] : shown.map(entryLine);
  const sections = lineSections(lines, {
    atMost: historyPage,
    room: slackLimits.allBlocks - 3_000,
    more: moreWords,
  });
  const last = shown.at(-1);
  const latest = last === undefined ? historyWords.nothing : sentence(wordsOf(last));
  const said = `${historyWords.sentence(title, shown.length)}. ${latest}`;
  return {
    text: cut(literal(said), slackLimits.messageText),
    blocks: [
      { type: "section", text: mrkdwn(`📜 ${literal(heading)}`) },
      ...sections,
      ...pageButtons(paging),
    ],
  };
}

function entryLine(entry: HistoryEntry): string {
  const { emoji } = happeningSentence(entry);
  const claim = entry.claimed ? ` · ⏳ ${historyWords.claimed}` : "";
  return `${emoji} ${literal(wordsOf(entry))} · ${dateToken(entry.at)} · ${viaWords[entry.via]}${claim}`;
}

function wordsOf(entry: HistoryEntry): string {
  const { words } = happeningSentence(entry);
  const note = quote(entry.note ?? "", quoteLimits.partyReason);
  return note === "" ? words : `${words}: ${note}`;
}
