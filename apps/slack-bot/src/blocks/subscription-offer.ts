import type { ActionsBlock } from "@slack/types";
import type { Example, Preview } from "../subscriptions/preview.ts";
import { previewDays } from "../subscriptions/preview.ts";
import { buttonWords } from "../words/button-words.ts";
import { happeningSentence } from "../words/happening-words.ts";
import { titleWords } from "../words/name-words.ts";
import { previewSentence } from "../words/subscription-words.ts";
import { subscribeWords as words } from "../words/subscribe-words.ts";
import { actionIds } from "./action-ids.ts";
import { quoteLimits, slackLimits } from "./limits.ts";
import { cut, mrkdwn, plain, type Message } from "./message.ts";
import { dateToken, literal } from "./text.ts";

/** A subscription before it counts. `rule` and `notes` are plain text; `isAll`: the preview counts every contract. */
export type Offer = {
  rule: string;
  notes: readonly string[];
  preview: Preview;
  isAll: boolean;
  /** As it was typed, for the button that confirms it. */
  typed: string;
};

/** What the subscription does, what it would have posted, and whether it is to be. */
export function offerMessage({ rule, notes, preview, isAll, typed }: Offer): Message {
  const counted = [
    previewSentence(preview, previewDays),
    ...(isAll ? [] : [words.notAll("1,000 contracts")]),
  ].join(" ");
  const examples = preview.examples.map(exampleLine);
  const shown = [literal(counted), ...(examples.length === 0 ? [] : [words.examples, ...examples])];
  const said = literal([rule, ...notes, counted, words.question].join(" "));
  return {
    text: cut(said, slackLimits.messageText),
    blocks: [
      section([`*${words.offer}*`, literal(rule), ...notes.map(literal)].join("\n")),
      section(shown.join("\n")),
      buttons(typed),
    ],
  };
}

function section(text: string) {
  return { type: "section", text: mrkdwn(cut(text, slackLimits.sectionText)) } as const;
}

function exampleLine({ facts, happening }: Example): string {
  const { emoji, words: said } = happeningSentence(happening);
  const title = titleWords(facts.contract.title, quoteLimits.lineTitle);
  return `${emoji} ${literal(`“${title}”: ${said}`)} · ${dateToken(happening.at)}`;
}

/** Nothing typed means everything: the button carries nothing then. */
function buttons(typed: string): ActionsBlock {
  return {
    type: "actions",
    elements: [
      {
        type: "button",
        action_id: actionIds.subscribeConfirm,
        style: "primary",
        text: plain(words.confirm),
        ...(typed === "" ? {} : { value: typed }),
      },
      { type: "button", action_id: actionIds.cancel, text: plain(buttonWords.cancel) },
    ],
  };
}
