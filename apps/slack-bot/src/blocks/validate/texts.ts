import { z } from "zod";
import { slackLimits as limits } from "../limits.ts";

/** Text of 1 to `max` UTF-16 units that does not end in half a character. */
export function words(max: number) {
  return z
    .string()
    .min(1)
    .max(max)
    .refine((text) => text.isWellFormed(), "half a surrogate pair");
}

export function plainText(max: number) {
  return z.strictObject({
    type: z.literal("plain_text"),
    text: words(max),
    emoji: z.boolean().optional(),
  });
}

/** Ours is always verbatim, so that Slack looks for no names, channels or addresses of its own accord. */
function mrkdwnText(max: number) {
  return z.strictObject({
    type: z.literal("mrkdwn"),
    text: words(max),
    verbatim: z.literal(true),
  });
}

export function anyText(max: number) {
  return z.discriminatedUnion("type", [plainText(max), mrkdwnText(max)]);
}

export const Confirm = z.strictObject({
  title: plainText(limits.confirmTitle).optional(),
  text: anyText(limits.confirmText),
  confirm: plainText(limits.confirmButton).optional(),
  deny: plainText(limits.confirmButton).optional(),
  style: z.enum(["primary", "danger"]).optional(),
});

const option = { value: z.string().min(1).max(limits.optionValue) };

/** In menus. */
export const Option = z.strictObject({
  ...option,
  text: plainText(limits.optionText),
  description: plainText(limits.optionText).optional(),
});

/** In the menu behind three dots, which alone may lead to an address. */
export const OverflowOption = Option.extend({ url: z.url().max(limits.buttonUrl).optional() });

/** Beside a box to tick, where it may be formatted. */
export const VisibleOption = z.strictObject({
  ...option,
  text: anyText(limits.optionText),
  description: anyText(limits.optionText).optional(),
});
