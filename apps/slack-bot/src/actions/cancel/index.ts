import { actionIds } from "../../blocks/action-ids.ts";
import { sentenceMessage } from "../../blocks/message.ts";
import { subscribeWords } from "../../words/subscribe-words.ts";
import type { Action } from "../action.ts";

/** "Cancel" below a question of ours: nothing was done before it was answered. */
export const cancelAction: Action = {
  id: actionIds.cancel,
  async run() {
    return { kind: "replace", message: sentenceMessage(subscribeWords.cancelled) };
  },
};
