import type { KnownBlock } from "@slack/types";
import type { Message } from "../blocks/message.ts";

/** A message as people read it: what it says in a sentence, and a line for each thing that it shows. */
export type PlainMessage = { text: string; shows: string[] };

export function plainMessage({ text, blocks }: Message): PlainMessage {
  return { text: plain(text), shows: blocks.flatMap(linesOf) };
}

/** Of the blocks that our messages are made of. */
function linesOf(block: KnownBlock): string[] {
  if (block.type === "header") return [block.text.text];
  if (block.type === "section") {
    const texts = [block.text, ...(block.fields ?? [])];
    return texts.flatMap((text) => (text === undefined ? [] : plain(text.text).split("\n")));
  }
  if (block.type === "context") {
    return block.elements.flatMap((one) => ("text" in one ? plain(one.text).split("\n") : []));
  }
  if (block.type !== "actions") return [];
  return block.elements.flatMap((one) => (one.type === "button" ? [`[${one.text.text}]`] : []));
}

/** What Slack shows of mrkdwn as we write it: times as ISO 8601, links by their labels. */
function plain(mrkdwn: string): string {
  return mrkdwn
    .replaceAll(/<!date\^[^<>|]*\|([^<>|]*)>/g, "$1")
    .replaceAll(/<[^<>|]*\|([^<>|]*)>/g, "$1")
    .replaceAll(/\*([^*\n]*)\*/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
