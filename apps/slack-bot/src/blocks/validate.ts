import { z } from "zod";
import { slackLimits as limits } from "./limits.ts";
import { MessageBlocks } from "./validate/blocks.ts";
import { words } from "./validate/texts.ts";
import { View } from "./validate/views.ts";

/**
 * What Slack would refuse in a message of ours, as a list of complaints; empty where there is none. Knows
 * the blocks that we send and no others. Slack itself checks these, its emulator does not. For tests alone.
 */
export function findFaults(message: unknown): string[] {
  return faultsOf(Message, message);
}

/** The same of a modal or App Home. */
export function findViewFaults(view: unknown): string[] {
  return faultsOf(View, view);
}

/** The same of an answer: an acknowledgement with a message, what goes to a response_url, or an ephemeral. */
export function findAnswerFaults(answer: unknown): string[] {
  return faultsOf(Answer, answer);
}

function faultsOf(schema: z.ZodType, value: unknown): string[] {
  const { error } = schema.safeParse(value);
  return error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];
}

const message = {
  text: words(limits.messageText),
  blocks: MessageBlocks.refine((blocks) => JSON.stringify(blocks).length <= limits.allBlocks, {
    error: `more than ${limits.allBlocks} characters in all`,
  }),
};

const Message = z.strictObject(message);

const Answer = z.union([
  z.strictObject({ delete_original: z.literal(true) }),
  z.strictObject({
    ...message,
    blocks: message.blocks.optional(),
    response_type: z.enum(["ephemeral", "in_channel"]).optional(),
    replace_original: z.boolean().optional(),
    thread_ts: z.string().optional(),
    channel: z.string().min(1).optional(),
    user: z.string().min(1).optional(),
  }),
]);
