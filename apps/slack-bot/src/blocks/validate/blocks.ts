import { z } from "zod";
import { slackLimits as limits } from "../limits.ts";
import {
  Button,
  Checkboxes,
  Datepicker,
  Overflow,
  PlainTextInput,
  RadioButtons,
  Timepicker,
} from "./elements.ts";
import {
  ConversationsSelect,
  ExternalSelect,
  MultiStaticSelect,
  StaticSelect,
  UsersSelect,
} from "./menus.ts";
import { anyText, plainText } from "./texts.ts";

const named = { block_id: z.string().min(1).max(limits.blockId).optional() };

const choosers = [
  Checkboxes,
  ConversationsSelect,
  Datepicker,
  ExternalSelect,
  MultiStaticSelect,
  RadioButtons,
  StaticSelect,
  Timepicker,
  UsersSelect,
] as const;

const Pressable = z.discriminatedUnion("type", [Button, Overflow, ...choosers]);

const Section = z
  .strictObject({
    ...named,
    type: z.literal("section"),
    text: anyText(limits.sectionText).optional(),
    fields: z.array(anyText(limits.sectionField)).min(1).max(limits.sectionFields).optional(),
    accessory: Pressable.optional(),
    expand: z.boolean().optional(),
  })
  .refine((section) => section.text !== undefined || section.fields !== undefined, "empty section");

const Actions = z
  .strictObject({
    ...named,
    type: z.literal("actions"),
    elements: z.array(Pressable).min(1).max(limits.actions),
  })
  .refine(({ elements }) => {
    return new Set(elements.map(({ action_id }) => action_id)).size === elements.length;
  }, "two elements of one block with one action_id");

const shown = [
  z.strictObject({ ...named, type: z.literal("header"), text: plainText(limits.header) }),
  z.strictObject({ ...named, type: z.literal("divider") }),
  z.strictObject({
    ...named,
    type: z.literal("context"),
    elements: z.array(anyText(limits.contextText)).min(1).max(limits.contextElements),
  }),
  Section,
  Actions,
] as const;

const Input = z.strictObject({
  ...named,
  type: z.literal("input"),
  label: plainText(limits.inputText),
  hint: plainText(limits.inputText).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: z.discriminatedUnion("type", [PlainTextInput, ...choosers]),
});

/** What stands in our messages; we ask for input in views alone. */
export const MessageBlocks = distinctIds(
  z
    .array(z.discriminatedUnion("type", [...shown]))
    .min(1)
    .max(limits.blocks),
);

export const ViewBlocks = distinctIds(
  z
    .array(z.discriminatedUnion("type", [...shown, Input]))
    .min(1)
    .max(limits.viewBlocks),
);

function distinctIds<Schema extends z.ZodType<{ block_id?: string | undefined }[]>>(
  schema: Schema,
) {
  return schema.refine((blocks) => {
    const ids = blocks.flatMap(({ block_id }) => block_id ?? []);
    return new Set(ids).size === ids.length;
  }, "two blocks with one block_id");
}
