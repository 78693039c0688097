import { z } from "zod";
import { slackLimits as limits } from "../limits.ts";
import { areDistinct, isOffered } from "./choices.ts";
import { actionable, common, confirmable, focusable, menu } from "./element-fields.ts";
import { OverflowOption, plainText, VisibleOption, words } from "./texts.ts";

export const Button = z.strictObject({
  ...actionable,
  ...confirmable,
  type: z.literal("button"),
  text: plainText(limits.buttonText),
  url: z.url().max(limits.buttonUrl).optional(),
  value: words(limits.value).optional(),
  style: z.enum(["primary", "danger"]).optional(),
  accessibility_label: words(limits.accessibilityLabel).optional(),
});

export const Overflow = z.strictObject({
  ...actionable,
  ...confirmable,
  type: z.literal("overflow"),
  options: z
    .array(OverflowOption)
    .min(1)
    .max(limits.overflowOptions)
    .refine(areDistinct, "two options with one value"),
});

export const Checkboxes = z
  .strictObject({
    ...common,
    type: z.literal("checkboxes"),
    options: z
      .array(VisibleOption)
      .min(1)
      .max(limits.visibleOptions)
      .refine(areDistinct, "two options with one value"),
    initial_options: z.array(VisibleOption).min(1).optional(),
  })
  .refine(
    (element) => isOffered(element, element.initial_options),
    "initial_options are no options",
  );

export const RadioButtons = z
  .strictObject({
    ...common,
    type: z.literal("radio_buttons"),
    options: z
      .array(VisibleOption)
      .min(1)
      .max(limits.visibleOptions)
      .refine(areDistinct, "two options with one value"),
    initial_option: VisibleOption.optional(),
  })
  .refine((element) => isOffered(element, [element.initial_option]), "initial_option is no option");

export const Datepicker = z.strictObject({
  ...menu,
  type: z.literal("datepicker"),
  initial_date: z.iso.date().optional(),
});

export const Timepicker = z.strictObject({
  ...menu,
  type: z.literal("timepicker"),
  initial_time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional(),
  timezone: z.string().min(1).optional(),
});

export const PlainTextInput = z
  .strictObject({
    ...actionable,
    ...focusable,
    type: z.literal("plain_text_input"),
    placeholder: plainText(limits.placeholder).optional(),
    initial_value: z.string().max(limits.inputLength).optional(),
    multiline: z.boolean().optional(),
    min_length: z.number().int().min(0).max(limits.inputLength).optional(),
    max_length: z.number().int().min(1).max(limits.inputLength).optional(),
    dispatch_action_config: z
      .strictObject({
        trigger_actions_on: z
          .array(z.enum(["on_enter_pressed", "on_character_entered"]))
          .min(1)
          .optional(),
      })
      .optional(),
  })
  .refine(({ min_length = 0, max_length = limits.inputLength }) => min_length <= max_length, {
    error: "min_length is above max_length",
  })
  .refine(({ initial_value = "", max_length = limits.inputLength }) => {
    return initial_value.length <= max_length;
  }, "initial_value is longer than max_length");
