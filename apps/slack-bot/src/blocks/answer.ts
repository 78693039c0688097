import { slackLimits } from "./limits.ts";
import { cut, mrkdwn, type Message } from "./message.ts";
import { dateToken, literal } from "./text.ts";

/** Plain words, or what Slack itself writes out for each reader. */
export type Piece = string | { token: string };

/** Somebody of the workspace by Slack id; by the id alone where Slack would not know it. */
export function person(userId: string): Piece {
  return /^[UW][A-Z0-9]+$/.test(userId) ? { token: `<@${userId}>` } : userId;
}

/** In the reader's own time zone. */
export function time(at: Date): Piece {
  return { token: dateToken(at.toISOString()) };
}

/** Words with people and times among them, for one reader: whom it names is not told. */
export function answer(...pieces: readonly Piece[]): Message {
  const text = pieces
    .map((piece) => (typeof piece === "string" ? literal(piece) : piece.token))
    .join("");
  const section = mrkdwn(cut(text, slackLimits.sectionText));
  return { text: cut(text, slackLimits.messageText), blocks: [{ type: "section", text: section }] };
}
