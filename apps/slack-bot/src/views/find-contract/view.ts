import type { KnownBlock, ModalView } from "@slack/types";
import { contractCard } from "../../blocks/contract-card.ts";
import { slackLimits } from "../../blocks/limits.ts";
import { mrkdwn, plain } from "../../blocks/message.ts";
import { literal, quote } from "../../blocks/text.ts";
import type { Card } from "../../contracts/card.ts";
import { findWords } from "../../words/act-words.ts";
import { lineSentence } from "../../words/line-words.ts";
import { statusWords } from "../../words/status-words.ts";

export const findContractId = "find_contract";

/** The button beside a contract that was found; its value is the contract's id. */
export const showContractId = "show_contract";

/** The input's block and element. */
export const wordsField = "words";

/** What was found; null before anybody has looked. */
export type Found = { cards: readonly Card[]; hasMore: boolean } | null;

/** Asks for words, with what was found by the last ones below. */
export function findContractView(found: Found): ModalView {
  return {
    type: "modal",
    callback_id: findContractId,
    title: plain(findWords.title),
    submit: plain(findWords.submit),
    close: plain(findWords.close),
    blocks: [wordsBlock(), ...(found === null ? [] : foundBlocks(found))],
  };
}

function wordsBlock(): KnownBlock {
  return {
    type: "input",
    block_id: wordsField,
    label: plain(findWords.words),
    hint: plain(findWords.hint),
    element: {
      type: "plain_text_input",
      action_id: wordsField,
      max_length: slackLimits.sectionText,
      focus_on_load: true,
    },
  };
}

function foundBlocks({ cards, hasMore }: NonNullable<Found>): KnownBlock[] {
  const head = cards.length === 0 ? findWords.none : findWords.some(cards.length, hasMore);
  return [{ type: "section", text: plain(head) }, ...cards.map(foundBlock)];
}

function foundBlock(card: Card): KnownBlock {
  const { emoji } = statusWords[card.status];
  return {
    type: "section",
    text: mrkdwn(`${emoji} ${literal(lineSentence(card))}`),
    accessory: {
      type: "button",
      action_id: showContractId,
      text: plain(findWords.show),
      value: card.contractId,
      accessibility_label: quote(findWords.showLabel(card.title), slackLimits.accessibilityLabel),
    },
  };
}

/** A contract's card on top of what was found. */
export function cardView(card: Card): ModalView {
  return {
    type: "modal",
    title: plain(findWords.cardTitle),
    close: plain(findWords.back),
    blocks: contractCard(card),
  };
}
