import { noticeWords } from "../words/notice-words.ts";
import { sentence } from "../words/name-words.ts";
import { quoteLimits, slackLimits } from "./limits.ts";
import { cut, mrkdwn, sentenceMessage, type Message } from "./message.ts";
import { literal, quote } from "./text.ts";

/** A channel that had more messages than its budget: `posts` in `perMinutes`; summed up from now on. */
export function loudNotice(noise: {
  posts: number;
  perMinutes: number;
  everyMinutes: number;
}): Message {
  return sentenceMessage(noticeWords.loud(noise.posts, noise.perMinutes, noise.everyMinutes));
}

export function calmNotice(): Message {
  return sentenceMessage(noticeWords.calm);
}

/** A channel or person that cannot be posted to any more: `target` is Slack's id, `advice` what to do. */
export type StoppedTarget = { target: string; reason: string; advice: string };

/** For an admin, as a direct message. The channel is linked, which pings nobody. */
export function stoppedNotice({ target, reason, advice }: StoppedTarget): Message {
  const stopped = stoppedWords(target);
  const details = [
    { label: noticeWords.reason, words: quote(reason, quoteLimits.detail) },
    { label: noticeWords.toDo, words: quote(advice, quoteLimits.detail) },
  ].filter(({ words }) => words !== "");
  const said = details.map(({ label, words }) => literal(`${label}: ${sentence(words)}`));
  const shown = details.map(({ label, words }) => `*${label}* ${literal(sentence(words))}`);
  const section = cut([`⚠️ ${stopped}`, ...shown].join("\n"), slackLimits.sectionText);
  return {
    text: cut([stopped, ...said].join(" "), slackLimits.messageText),
    blocks: [{ type: "section", text: mrkdwn(section) }],
  };
}

function stoppedWords(target: string): string {
  if (/^[CG][A-Z0-9]+$/.test(target)) return noticeWords.stopped(`<#${target}>`);
  return noticeWords.direct(literal(quote(target, quoteLimits.id)));
}
