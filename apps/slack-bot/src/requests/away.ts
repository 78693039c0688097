import { sentenceMessage } from "../blocks/message.ts";
import { commandWords } from "../words/command-words.ts";

/** For whoever asked when something that we need did not work. */
export const away = { kind: "message", message: sentenceMessage(commandWords.away) } as const;
