import { z } from "zod";
import { slackLimits as limits } from "./limits.ts";

/**
 * What Slack would refuse in a message of ours, as a list of complaints; empty where there is none. Knows
 * the blocks that we send and no others. Slack itself checks these, its emulator does not.
 */
export function findFaults(message: unknown): string[] {
  const parsed = Message.safeParse(message);
  if (!parsed.success) {
    return parsed.error.issues.map(({ path, message: fault }) => `${path.join(".")}: ${fault}`);
  }
  const total = JSON.stringify(parsed.data.blocks).length;
  return total > limits.allBlocks ? [`blocks: ${total} characters in all`] : [];
}

const wellFormed = (text: string) => text.isWellFormed();

function text(type: "plain_text" | "mrkdwn", max: number) {
  const words = z.string().min(1).max(max).refine(wellFormed, "half a surrogate pair");
  return type === "plain_text"
    ? z.strictObject({ type: z.literal(type), text: words, emoji: z.boolean().optional() })
    : z.strictObject({ type: z.literal(type), text: words, verbatim: z.literal(true) });
}

function anyText(max: number) {
  return z.union([text("plain_text", max), text("mrkdwn", max)]);
}

const Button = z.strictObject({
  type: z.literal("button"),
  action_id: z.string().min(1).max(limits.actionId),
  text: text("plain_text", limits.buttonText),
  url: z.url().max(limits.buttonUrl).optional(),
  accessibility_label: z.string().min(1).max(limits.accessibilityLabel).optional(),
});

const Section = z
  .strictObject({
    type: z.literal("section"),
    text: anyText(limits.sectionText).optional(),
    fields: z.array(anyText(limits.sectionField)).min(1).max(limits.sectionFields).optional(),
  })
  .refine((section) => section.text !== undefined || section.fields !== undefined, "empty section");

const Block = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("header"), text: text("plain_text", limits.header) }),
  Section,
  z.strictObject({
    type: z.literal("context"),
    elements: z.array(anyText(limits.contextText)).min(1).max(limits.contextElements),
  }),
  z.strictObject({
    type: z.literal("actions"),
    elements: z.array(Button).min(1).max(limits.actions),
  }),
]);

const Message = z.strictObject({
  text: z.string().min(1).max(limits.messageText).refine(wellFormed, "half a surrogate pair"),
  blocks: z.array(Block).min(1).max(limits.blocks),
});
