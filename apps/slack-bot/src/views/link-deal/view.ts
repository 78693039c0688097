import type { InputBlock, ModalView, PlainTextOption } from "@slack/types";
import type { Contract } from "@countersign/core";
import { quoteLimits, slackLimits } from "../../blocks/limits.ts";
import { plain } from "../../blocks/message.ts";
import { quote } from "../../blocks/text.ts";
import type { DealCandidate } from "../../deals/candidates.ts";
import { crmTitle } from "../../deals/read-deal-name.ts";
import { candidateWords, linkWords, reasonWords } from "../../words/act-words.ts";
import { buttonWords } from "../../words/button-words.ts";
import { fields, linkDealId, optionOf } from "./fields.ts";

/** Asks for the deal of a contract: one of the candidates, or any other by URL or id. */
export function linkDealView(
  { id, title }: Pick<Contract, "id" | "title">,
  candidates: readonly DealCandidate[],
  crms: readonly string[],
): ModalView {
  const offered = candidateBlock(candidates);
  return {
    type: "modal",
    callback_id: linkDealId,
    private_metadata: id,
    title: plain(linkWords.modalTitle),
    submit: plain(linkWords.submit),
    close: plain(buttonWords.cancel),
    blocks: [
      { type: "section", text: plain(linkWords.about(title)) },
      ...offered,
      ...(crms.length > 1 ? [crmBlock(crms)] : []),
      dealBlock(crms, offered.length > 0),
    ],
  };
}

function candidateBlock(candidates: readonly DealCandidate[]): InputBlock[] {
  const options = candidates
    .map((candidate): PlainTextOption => {
      return {
        text: plain(quote(candidateWords(candidate), slackLimits.optionText)),
        description: plain(quote(reasonWords(candidate.reasons), slackLimits.optionText)),
        value: optionOf(candidate),
      };
    })
    .filter(({ value }) => (value ?? "").length <= slackLimits.optionValue)
    .slice(0, slackLimits.visibleOptions);
  if (options.length === 0) return [];
  return [
    {
      type: "input",
      block_id: fields.candidate,
      optional: true,
      label: plain(linkWords.candidates),
      element: { type: "radio_buttons", action_id: fields.candidate, options },
    },
  ];
}

function crmBlock(crms: readonly string[]): InputBlock {
  const options = crms.map((crm) => ({
    text: plain(quote(crmTitle(crm), quoteLimits.crm)),
    value: crm,
  }));
  return {
    type: "input",
    block_id: fields.crm,
    optional: true,
    label: plain(linkWords.crm),
    element: { type: "static_select", action_id: fields.crm, options },
  };
}

function dealBlock(crms: readonly string[], optional: boolean): InputBlock {
  return {
    type: "input",
    block_id: fields.deal,
    optional,
    label: plain(linkWords.deal),
    hint: plain(linkWords.dealHint(crms)),
    element: {
      type: "plain_text_input",
      action_id: fields.deal,
      max_length: slackLimits.inputLength,
    },
  };
}
