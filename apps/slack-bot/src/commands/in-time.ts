import type { Log } from "@countersign/service";
import { setTimeout as sleep } from "node:timers/promises";
import { mrkdwn, type Message } from "../blocks/message.ts";
import { commandWords } from "../blocks/words.ts";

/** Slack gives up on a command after three seconds; this leaves one for the way. In milliseconds. */
const patience = 2_000;

/** The answer, or where it fails or is not there in time, a plain word that it cannot be had now. */
export async function answerInTime(answering: Promise<Message>, log: Log): Promise<Message> {
  const waiting = new AbortController();
  const late = sleep(patience, null, { signal: waiting.signal }).catch(() => null);
  const answered = answering.catch((error: unknown) => {
    log.warn({ error }, "command could not be answered");
    return null;
  });
  const message = await Promise.race([answered, late]);
  waiting.abort();
  return message ?? away;
}

const away: Message = {
  text: commandWords.away,
  blocks: [{ type: "section", text: mrkdwn(commandWords.away) }],
};
