import { LogLevel, type Logger } from "@slack/bolt";
import type { Log } from "@countersign/service";

/** Slack's libraries log through ours: warnings and errors only, their words as data. */
export function slackLogger(log: Log): Logger {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...words) => log.warn({ words: words.map(textOf) }, "slack library warned"),
    error: (...words) => log.error({ words: words.map(textOf) }, "slack library failed"),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}

/** An error's properties may hold a request with its token, so only its message is kept. */
function textOf(word: unknown): string {
  if (typeof word === "string") return word.slice(0, 500);
  return word instanceof Error ? word.message.slice(0, 500) : typeof word;
}
