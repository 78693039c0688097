import type { Reply } from "../asking.ts";
import { sentenceMessage } from "../blocks/message.ts";

/** Replies in plain words, to whoever asks alone. */
export function say(words: string): Reply {
  return { kind: "message", message: sentenceMessage(words) };
}
