import { saveSettings } from "@countersign/store";
import { sentenceMessage } from "../../blocks/message.ts";
import { settingsWords } from "../../words/settings-words.ts";
import type { Submission } from "../view.ts";
import { readFilled, settingsId } from "./fields.ts";

/** The modal "Your settings". */
export const settingsSubmission: Submission = {
  id: settingsId,
  async submit({ filled }, { workspace, userId }, ports) {
    const read = readFilled(filled);
    if (read.kind === "errors") return read;
    await saveSettings(ports.store(), { workspace, userId }, read.settings);
    return { kind: "close", tell: sentenceMessage(settingsWords.saved) };
  },
};
