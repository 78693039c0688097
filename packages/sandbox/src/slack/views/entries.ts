import { z } from "zod";
import { partsOf, textOf, type Part } from "../part.ts";

/** What a person enters into a control: text, a date, an option's value, several of these, or nothing. */
export const entrySchema = z.union([z.string(), z.number(), z.array(z.string()), z.null()]);
export type Entry = z.output<typeof entrySchema>;

/** Entries by block and action. */
export const entriesSchema = z.record(z.string(), z.record(z.string(), entrySchema));
export type Entries = z.output<typeof entriesSchema>;

/** The field of `state.values` that holds what was entered: one, or a list. */
const single: Record<string, string> = {
  plain_text_input: "value",
  email_text_input: "value",
  url_text_input: "value",
  number_input: "value",
  datepicker: "selected_date",
  timepicker: "selected_time",
  datetimepicker: "selected_date_time",
  users_select: "selected_user",
  channels_select: "selected_channel",
  conversations_select: "selected_conversation",
};
const several: Record<string, string> = {
  multi_users_select: "selected_users",
  multi_channels_select: "selected_channels",
  multi_conversations_select: "selected_conversations",
};
const oneOption = new Set(["static_select", "external_select", "radio_buttons", "overflow"]);
const manyOptions = new Set(["checkboxes", "multi_static_select", "multi_external_select"]);

/** Which of Slack's fields say what a control holds at first. */
const initial: Record<string, string> = {
  value: "initial_value",
  selected_date: "initial_date",
  selected_time: "initial_time",
  selected_date_time: "initial_date_time",
  selected_user: "initial_user",
  selected_channel: "initial_channel",
  selected_conversation: "initial_conversation",
  selected_users: "initial_users",
  selected_channels: "initial_channels",
  selected_conversations: "initial_conversations",
  selected_option: "initial_option",
  selected_options: "initial_options",
};

/** The field that holds a control's state; null for a button, which has none. */
export function fieldOf(type: string): string | null {
  if (oneOption.has(type)) return "selected_option";
  if (manyOptions.has(type)) return "selected_options";
  return single[type] ?? several[type] ?? null;
}

/** What a control holds before anybody touches it. */
export function initialOf(element: Part): Part {
  const type = textOf(element["type"]);
  const field = fieldOf(type) ?? "";
  const empty = manyOptions.has(type) || type in several ? [] : null;
  return { type, [field]: element[initial[field] ?? ""] ?? empty };
}

/**
 * What a control holds once somebody has entered something. `offered` are the options that the app has suggested
 * for it. A sentence where the control has no such option.
 */
export function enter(element: Part, entry: Entry, offered: readonly Part[]): Part | string {
  const type = textOf(element["type"]);
  const field = fieldOf(type);
  if (field === null) return `A ${type} takes no entry.`;
  if (oneOption.has(type)) {
    if (entry === null) return { type, [field]: null };
    const found = optionsOf(element, offered).find((one) => one["value"] === String(entry));
    return found === undefined ? noOption(element, String(entry)) : { type, [field]: found };
  }
  if (manyOptions.has(type)) {
    const wanted = Array.isArray(entry) ? entry : entry === null ? [] : [String(entry)];
    const options = optionsOf(element, offered);
    const chosen = wanted.map((value) => options.find((one) => one["value"] === value) ?? value);
    const missing = chosen.find((one) => typeof one === "string");
    return missing === undefined ? { type, [field]: chosen } : noOption(element, missing);
  }
  if (type in several) return { type, [field]: Array.isArray(entry) ? entry : [] };
  return { type, [field]: entry === "" ? null : entry };
}

/** A control's own options, of its groups as well, and those suggested for it. */
function optionsOf(element: Part, offered: readonly Part[]): Part[] {
  const groups = partsOf(element["option_groups"]).flatMap(({ options }) => partsOf(options));
  return [...partsOf(element["options"]), ...groups, ...offered];
}

function noOption(element: Part, value: string): string {
  return `"${textOf(element["action_id"])}" offers no option "${value}".`;
}
