import type { ActionsBlock, Button } from "@slack/types";
import { buttonWords } from "../words/button-words.ts";
import { actionIds, variantOf } from "./action-ids.ts";
import { plain } from "./message.ts";

/** What the buttons to the pages beside this one carry, at most 500 characters; null where there is none. */
export type Paging = { previous: string | null; next: string | null };

/** The page that stands alone. */
export const onlyPage: Paging = { previous: null, next: null };

export function pageButtons({ previous, next }: Paging): ActionsBlock[] {
  const elements = [
    ...pageButton("previous", buttonWords.previous, previous),
    ...pageButton("next", buttonWords.next, next),
  ];
  return elements.length === 0 ? [] : [{ type: "actions", elements }];
}

function pageButton(variant: string, text: string, value: string | null): Button[] {
  if (value === null) return [];
  const action_id = variantOf(actionIds.page, variant);
  return [{ type: "button", action_id, text: plain(text), value }];
}
