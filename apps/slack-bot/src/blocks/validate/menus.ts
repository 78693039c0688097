import { z } from "zod";
import { slackLimits as limits } from "../limits.ts";
import { areDistinct, hasOneList, isOffered } from "./choices.ts";
import { menu } from "./element-fields.ts";
import { Option, plainText } from "./texts.ts";

const Options = z
  .array(Option)
  .min(1)
  .max(limits.options)
  .refine(areDistinct, "two options with one value");

const Groups = z
  .array(z.strictObject({ label: plainText(limits.optionText), options: Options }))
  .min(1)
  .max(limits.optionGroups);

const choices = { options: Options.optional(), option_groups: Groups.optional() };

export const StaticSelect = z
  .strictObject({
    ...menu,
    ...choices,
    type: z.literal("static_select"),
    initial_option: Option.optional(),
  })
  .refine(hasOneList, "either options or option_groups")
  .refine((element) => isOffered(element, [element.initial_option]), "initial_option is no option");

export const MultiStaticSelect = z
  .strictObject({
    ...menu,
    ...choices,
    type: z.literal("multi_static_select"),
    initial_options: z.array(Option).min(1).optional(),
    max_selected_items: z.number().int().min(1).optional(),
  })
  .refine(hasOneList, "either options or option_groups")
  .refine(
    (element) => isOffered(element, element.initial_options),
    "initial_options are no options",
  );

export const ExternalSelect = z.strictObject({
  ...menu,
  type: z.literal("external_select"),
  initial_option: Option.optional(),
  min_query_length: z.number().int().min(0).optional(),
});

export const UsersSelect = z.strictObject({
  ...menu,
  type: z.literal("users_select"),
  initial_user: z.string().regex(/^[UW]/).optional(),
});

export const ConversationsSelect = z.strictObject({
  ...menu,
  type: z.literal("conversations_select"),
  initial_conversation: z
    .string()
    .regex(/^[CDG]/)
    .optional(),
  default_to_current_conversation: z.boolean().optional(),
  response_url_enabled: z.boolean().optional(),
  filter: z
    .strictObject({
      include: z
        .array(z.enum(["im", "mpim", "private", "public"]))
        .min(1)
        .optional(),
      exclude_external_shared_channels: z.boolean().optional(),
      exclude_bot_users: z.boolean().optional(),
    })
    .refine((filter) => Object.keys(filter).length > 0, "an empty filter")
    .optional(),
});
