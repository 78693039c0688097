import type { ActionsBlock, Button } from "@slack/types";
import { actionIds, variantOf } from "../blocks/action-ids.ts";
import { plain } from "../blocks/message.ts";
import { buttonWords } from "../words/button-words.ts";

/** To the pages beside this one; each carries the number of its page. */
export function homePageButtons(page: number, pages: number): ActionsBlock[] {
  const elements = [
    ...(page > 1 ? [pageButton("previous", buttonWords.previous, page - 1)] : []),
    ...(page < pages ? [pageButton("next", buttonWords.next, page + 1)] : []),
  ];
  return elements.length === 0 ? [] : [{ type: "actions", elements }];
}

function pageButton(variant: string, text: string, page: number): Button {
  const action_id = variantOf(actionIds.homePage, variant);
  return { type: "button", action_id, text: plain(text), value: String(page) };
}

/** The page that a button carries; the first where it is no number. */
export function readHomePage(value: string): number {
  return /^[1-9]\d{0,3}$/.test(value) ? Number(value) : 1;
}
