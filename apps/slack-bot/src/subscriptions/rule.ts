import { z } from "zod";
import { AmountRange } from "./amount-range.ts";
import { eventWords } from "./event-words.ts";

/** The keys whose values are words. */
export const textKeys = ["template", "provider", "account", "pipeline", "stage", "tag"] as const;

export type TextKey = (typeof textKeys)[number];

/** What a filter can ask about a contract or what happens to it. */
export const keys = ["event", "owner", "amount", ...textKeys] as const;

export type Key = (typeof keys)[number];

/** Longest text of one value, and how many values a rule may have in all. */
export const ruleLimits = { text: 80, email: 320, values: 30 } as const;

export const Owner = z.union([
  z.strictObject({ userId: z.string().min(1) }),
  z.strictObject({ email: z.string().min(1).max(ruleLimits.email) }),
]);

export type Owner = z.infer<typeof Owner>;

const text = z.string().min(1).max(ruleLimits.text);

/** One question about a contract, answered yes where any of its values fits. */
export const Filter = z.discriminatedUnion("key", [
  z.strictObject({ key: z.literal("event"), values: z.array(z.enum(eventWords)).min(1) }),
  z.strictObject({ key: z.literal("owner"), values: z.array(Owner).min(1) }),
  z.strictObject({ key: z.literal("amount"), values: z.array(AmountRange).min(1) }),
  z.strictObject({ key: z.enum(textKeys), values: z.array(text).min(1) }),
]);

export type Filter = z.infer<typeof Filter>;

/**
 * What a channel wants to hear: what fits every key of `include` and no key of `exclude`. Several filters
 * of one key are one. A rule without filters wants everything.
 */
export const Rule = z.strictObject({ include: z.array(Filter), exclude: z.array(Filter) });

export type Rule = z.infer<typeof Rule>;
