import type { KnownBlock, MrkdwnElement, PlainTextElement } from "@slack/types";

/** What a message says. `text` is what notifications show and screen readers speak, so it says it all. */
export type Message = { text: string; blocks: KnownBlock[] };

/** mrkdwn in which Slack looks for no names, channels or addresses of its own accord. */
export function mrkdwn(text: string): MrkdwnElement {
  return { type: "mrkdwn", text, verbatim: true };
}

export function plain(text: string): PlainTextElement {
  return { type: "plain_text", text, emoji: false };
}

/**
 * As many lines, `atMost`, as fit into `length` characters, and one that counts those left out. Each line
 * alone, and `more`, must be well below `length`.
 */
export function fitLines(
  lines: string[],
  atMost: number,
  length: number,
  more: (left: number) => string,
): string {
  const shown: string[] = [];
  let room = length - more(lines.length).length;
  for (const line of lines.slice(0, atMost)) {
    room -= line.length + 1;
    if (room < 0) break;
    shown.push(line);
  }
  const left = lines.length - shown.length;
  return [...shown, ...(left > 0 ? [more(left)] : [])].join("\n");
}
