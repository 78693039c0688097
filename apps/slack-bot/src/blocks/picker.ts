import type { KnownBlock } from "@slack/types";
import type { Card } from "../contracts/card.ts";
import { buttonWords } from "../words/button-words.ts";
import { lineSentence } from "../words/line-words.ts";
import { listWords } from "../words/list-words.ts";
import { statusWords } from "../words/status-words.ts";
import { actionIds } from "./action-ids.ts";
import { slackLimits } from "./limits.ts";
import { cut, mrkdwn, plain, type Message } from "./message.ts";
import { literal, quote } from "./text.ts";

/** A contract that may be meant; `value` is what its button carries, at most 500 characters. */
export type Choice = { card: Card; value: string };

/** How many contracts people can pick from. */
export const mostChoices = 5;

/** "Which one?", with a button for each contract. `hasMore`: others answer too. */
export function pickerMessage(choices: readonly Choice[], hasMore: boolean): Message {
  const shown = choices.slice(0, mostChoices);
  const isAll = !hasMore && shown.length === choices.length;
  const head = listWords.which(shown.length, isAll);
  const text = [head, ...shown.map(({ card }) => lineSentence(card))].join("\n");
  return {
    text: cut(literal(text), slackLimits.messageText),
    blocks: [{ type: "section", text: mrkdwn(literal(head)) }, ...shown.map(choiceBlock)],
  };
}

function choiceBlock({ card, value }: Choice): KnownBlock {
  return {
    type: "section",
    text: mrkdwn(`${statusWords[card.status].emoji} ${literal(lineSentence(card))}`),
    accessory: {
      type: "button",
      action_id: actionIds.pick,
      text: plain(buttonWords.pick),
      value,
      accessibility_label: quote(buttonWords.pickLabel(card.title), slackLimits.accessibilityLabel),
    },
  };
}
