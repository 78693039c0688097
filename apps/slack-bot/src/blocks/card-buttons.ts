import type { ActionsBlock, Button, Overflow } from "@slack/types";
import type { Card } from "../contracts/card.ts";
import { buttonWords, quietWords, remindConfirm } from "../words/button-words.ts";
import { openDealWords } from "../words/deal-words.ts";
import { peopleWords } from "../words/name-words.ts";
import { actionIds, variantOf } from "./action-ids.ts";
import { quoteLimits, slackLimits } from "./limits.ts";
import { plain } from "./message.ts";
import { quietSpans, quietValue } from "./quiet-choice.ts";
import { quote } from "./text.ts";

/** What can be done with the contract now. Each button's value is the contract's id. */
export function cardButtons(card: Card): ActionsBlock[] {
  const opening = [...openButton(card), ...openDealButtons(card)];
  const acting = hasValue(card)
    ? [...remindButton(card), ...linkButton(card), ...quietMenu(card)]
    : [];
  const elements = [...opening, ...acting];
  return elements.length === 0 ? [] : [{ type: "actions", elements }];
}

function hasValue({ contractId }: Card): boolean {
  return contractId !== "" && contractId.length <= quoteLimits.idValue;
}

function openButton(card: Card): Button[] {
  const { url, title, contractId } = card;
  if (url === null || url.length > quoteLimits.buttonUrl) return [];
  const button: Button = {
    type: "button",
    action_id: actionIds.openContract,
    text: plain(buttonWords.open),
    url,
    accessibility_label: quote(buttonWords.openLabel(title), slackLimits.accessibilityLabel),
  };
  return [hasValue(card) ? { ...button, value: contractId } : button];
}

/** One for each deal; the second on carries its place in its action id, which no two in a block may share. */
function openDealButtons({ deals, title }: Card): Button[] {
  return deals
    .slice(0, quoteLimits.deals)
    .flatMap(({ crm, url }) =>
      url === null || url.length > quoteLimits.linkUrl ? [] : [{ crm, url }],
    )
    .map(({ crm, url }, place) => ({
      type: "button",
      action_id:
        place === 0 ? actionIds.openDeal : variantOf(actionIds.openDeal, String(place + 1)),
      text: plain(openDealWords(crm)),
      url,
      accessibility_label: quote(buttonWords.openDealLabel(title), slackLimits.accessibilityLabel),
    }));
}

function remindButton({ canRemind, parties, contractId }: Card): Button[] {
  if (!canRemind) return [];
  const waited = parties.filter(({ isNext }) => isNext).map(({ name }) => name);
  return [
    {
      type: "button",
      action_id: actionIds.remind,
      text: plain(buttonWords.remind),
      value: contractId,
      confirm: {
        title: plain(remindConfirm.title),
        text: plain(quote(remindConfirm.text(peopleWords(waited)), slackLimits.confirmText)),
        confirm: plain(remindConfirm.confirm),
        deny: plain(buttonWords.cancel),
      },
    },
  ];
}

function linkButton({ linkable, contractId }: Card): Button[] {
  if (linkable.length === 0) return [];
  const text = plain(buttonWords.link);
  return [{ type: "button", action_id: actionIds.linkDeal, text, value: contractId }];
}

/** An option's value is far shorter than a button's: a contract whose id is too long for it can only be muted. */
function quietMenu({ isOpen, contractId }: Card): (Button | Overflow)[] {
  if (!isOpen) return [];
  const options = quietSpans.map((span) => ({
    text: plain(quietWords[span]),
    value: quietValue({ span, contractId }),
  }));
  if (options.every(({ value }) => value.length <= slackLimits.optionValue)) {
    return [{ type: "overflow", action_id: actionIds.quiet, options }];
  }
  const value = quietValue({ span: "mute", contractId });
  return [{ type: "button", action_id: actionIds.quiet, text: plain(quietWords.mute), value }];
}
