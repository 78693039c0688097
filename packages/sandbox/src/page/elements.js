import { confirmed } from "./confirm.js";
import { el } from "./dom.js";
import { isSafeAddress } from "./mrkdwn.js";
import { renderText } from "./mrkdwn-view.js";
import { renderChoices } from "./choices.js";
import { renderSuggestions } from "./suggestions.js";

/** @typedef {Record<string, any>} Part a block, or an element of one, as the bot sent it */
/**
 * What is around a block: people's names by id; what has been entered, by block and action; and what becomes of a
 * control's use. Without `use` the controls do nothing.
 * @typedef {{
 *   people: Record<string, string>,
 *   channels?: Record<string, string>,
 *   values?: Record<string, Record<string, Part>>,
 *   use?: (used: { blockId: string, actionId: string, value?: unknown }) => void,
 *   suggest?: (where: { blockId: string, actionId: string }, typed: string) => Promise<Part[]>,
 *   scope?: string,
 * }} Surroundings
 */

/** The kinds of text fields, by the browser's own. @type {Record<string, string>} */
const fields = {
  plain_text_input: "text",
  email_text_input: "email",
  url_text_input: "url",
  number_input: "number",
  datepicker: "date",
  timepicker: "time",
  datetimepicker: "datetime-local",
};

/**
 * An interactive element: https://docs.slack.dev/reference/block-kit/block-elements. `block` is where it stands; an
 * input block's label is the control's, elsewhere its placeholder is.
 * @param {Part} element @param {Part} block @param {Surroundings} around @returns {HTMLElement}
 */
export function renderElement(element, block, around) {
  const key = { "data-block": block.block_id, "data-action": element.action_id };
  const held = around.values?.[block.block_id]?.[element.action_id] ?? null;
  const use = useOf(element, block, around);
  const label = labelOf(element, block);
  const focus = `${around.scope ?? ""} ${block.block_id} ${element.action_id}`;
  const named = { ...key, "data-type": element.type, "aria-label": label, "data-focus": focus };
  switch (element.type) {
    case "button":
      return renderButton(element, use, around);
    case "image":
      return el("span", { class: "block-unknown" }, element.alt_text ?? "A picture");
    case "external_select":
      return renderSuggestions(element, {
        named,
        held,
        use,
        suggest: suggestOf(element, block, around),
      });
    default:
      if (element.type in fields) return renderField(element, { named, held, use });
      return renderChoices(element, { named, held, use, around });
  }
}

/** @param {Part} element @param {Part} block */
function labelOf(element, block) {
  const given = block.label?.text ?? element.placeholder?.text ?? element.accessibility_label;
  const usual = { overflow: "More actions", datepicker: "Date", users_select: "Person" };
  return (
    given ?? usual[element.type] ?? block.text?.text?.replaceAll(/[*_~`]/g, "") ?? element.action_id
  );
}

/** An input is sent when its view is, so that its use says nothing unless the app asks for that. */
function useOf(element, block, around) {
  if (around.use === undefined) return null;
  if (block.type === "input" && block.dispatch_action !== true) return () => undefined;
  const use = (value) =>
    around.use({ blockId: block.block_id, actionId: element.action_id, value });
  return (value) => {
    void confirmed(element.confirm).then((agreed) => agreed && use(value));
  };
}

function suggestOf(element, block, around) {
  const where = { blockId: block.block_id, actionId: element.action_id };
  return async (typed) => (await around.suggest?.(where, typed)) ?? [];
}

/** @param {Part} element @param {((value?: unknown) => void) | null} use @param {Surroundings} around */
function renderButton(element, use, around) {
  const style = typeof element.style === "string" ? ` ${element.style}` : "";
  const label = renderText(element.text, around.people);
  const focus = `${around.scope ?? ""} ${element.action_id} ${element.value ?? ""}`;
  const named = {
    class: `slack-button${style}`,
    "aria-label": element.accessibility_label ?? null,
    "data-focus": focus,
  };
  const press = () => use?.(element.value);
  if (typeof element.url === "string" && isSafeAddress(element.url)) {
    const link = { ...named, href: element.url, target: "_blank", rel: "noreferrer", click: press };
    return el("a", link, ...label);
  }
  const action = use === null ? { disabled: true } : { click: press };
  return el("button", { type: "button", ...named, ...action }, ...label);
}

/** @param {Part} element */
function renderField(element, { named, held, use }) {
  const type = fields[element.type] ?? "text";
  const attributes = {
    ...named,
    value: valueOf(element, held),
    placeholder: element.placeholder?.text ?? null,
    maxlength: element.max_length ?? null,
    min: element.min_value ?? null,
    max: element.max_value ?? null,
    disabled: use === null,
    change: ({ target }) => use?.(entryOf(target)),
  };
  if (element.multiline !== true) return el("input", { ...attributes, type });
  return el("textarea", { ...attributes, value: null, rows: 4 }, attributes.value);
}

/** @param {Part} element @param {Part | null} held */
function valueOf(element, held) {
  const seconds = held === null ? element.initial_date_time : held.selected_date_time;
  if (element.type === "datetimepicker")
    return seconds ? new Date(seconds * 1000).toISOString().slice(0, 16) : null;
  if (held !== null) return held.value ?? held.selected_date ?? held.selected_time ?? null;
  return element.initial_value ?? element.initial_date ?? element.initial_time ?? null;
}

/** What a control holds, as the sandbox takes entries. @param {any} control */
function entryOf(control) {
  switch (control.dataset.type) {
    case "datetimepicker":
      return control.value === "" ? null : Date.parse(`${control.value}Z`) / 1000;
    case "external_select":
      return control.dataset.chosen || null;
    case "checkboxes":
      return [...control.querySelectorAll("input:checked")].map(({ value }) => value);
    case "radio_buttons":
      return control.querySelector("input:checked")?.value ?? null;
    default:
      if (control.multiple) return [...control.selectedOptions].map(({ value }) => value);
      return control.value === "" ? null : control.value;
  }
}

/** Everything entered below an element, by block and action. @param {HTMLElement} place */
export function entriesIn(place) {
  /** @type {Record<string, Record<string, unknown>>} */
  const entries = {};
  for (const control of place.querySelectorAll("[data-action]")) {
    const { block = "", action = "", type } = control.dataset;
    if (type === "overflow") continue;
    entries[block] = { ...entries[block], [action]: entryOf(control) };
  }
  return entries;
}
