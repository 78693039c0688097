import type { KnownBlock, MrkdwnElement, PlainTextElement, SectionBlock } from "@slack/types";
import { clip } from "@countersign/core";
import { slackLimits } from "./limits.ts";
import { literal } from "./text.ts";

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

/**
 * Lines as sections, as many as fit into `room` characters of a message's blocks, and one that counts those
 * left out. Each line alone must fit into a section.
 */
export function lineSections(
  lines: string[],
  { atMost, room, more }: { atMost: number; room: number; more: (left: number) => string },
): SectionBlock[] {
  const sections: string[] = [];
  let taken = 0;
  let left = room - lengthOf(more(lines.length)) - sectionLength;
  for (const line of lines.slice(0, atMost)) {
    const last = sections.at(-1);
    const joined = last === undefined ? null : `${last}\n${line}`;
    const joins = joined !== null && joined.length <= slackLimits.sectionText;
    left -= lengthOf(line) + (joins ? 0 : sectionLength);
    if (left < 0) break;
    if (joins) sections.splice(-1, 1, joined);
    else sections.push(line);
    taken += 1;
  }
  const untold = lines.length - taken;
  if (untold > 0) sections.push(more(untold));
  return sections.map((text) => ({ type: "section", text: mrkdwn(text) }));
}

/** What a text adds to the blocks as they go over the wire, and what a section around it does. */
function lengthOf(text: string): number {
  return JSON.stringify(text).length;
}

const sectionLength = 75;

/** mrkdwn in at most `length` characters: no escape, link or right-to-left text is left open. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const kept = clip(text, length - 2).replace(/&[a-z]*$|<[^<>]*$/, "");
  const isOpen = kept.lastIndexOf("\u2068") > kept.lastIndexOf("\u2069");
  return `${kept}…${isOpen ? "\u2069" : ""}`;
}

/** An answer in plain words. What it says of Slack's people and channels is shown as it stands. */
export function sentenceMessage(words: string): Message {
  const text = literal(words);
  const section = mrkdwn(cut(text, slackLimits.sectionText));
  return { text: cut(text, slackLimits.messageText), blocks: [{ type: "section", text: section }] };
}
