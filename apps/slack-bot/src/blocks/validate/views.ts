import { z } from "zod";
import { slackLimits as limits } from "../limits.ts";
import { ViewBlocks } from "./blocks.ts";
import { plainText } from "./texts.ts";

const common = {
  blocks: ViewBlocks,
  private_metadata: z.string().max(limits.privateMetadata).optional(),
  callback_id: z.string().min(1).max(limits.callbackId).optional(),
  external_id: z.string().min(1).max(limits.externalId).optional(),
};

const Modal = z
  .strictObject({
    ...common,
    type: z.literal("modal"),
    title: plainText(limits.viewTitle),
    submit: plainText(limits.viewTitle).optional(),
    close: plainText(limits.viewTitle).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
  })
  .refine(({ blocks, submit }) => {
    return submit !== undefined || blocks.every(({ type }) => type !== "input");
  }, "input without submit");

const Home = z.strictObject({ ...common, type: z.literal("home") });

export const View = z
  .discriminatedUnion("type", [Modal, Home])
  .refine(({ blocks }) => focused(blocks) <= 1, "more than one element with focus_on_load")
  .refine((view) => Buffer.byteLength(JSON.stringify(view)) <= limits.viewBytes, {
    error: "larger than Slack takes (view_too_large)",
  });

function focused(blocks: unknown): number {
  return JSON.stringify(blocks).split('"focus_on_load":true').length - 1;
}
