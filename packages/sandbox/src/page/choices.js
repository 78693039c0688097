import { el } from "./dom.js";
import { renderText } from "./mrkdwn-view.js";

/** @typedef {import("./elements.js").Part} Part */

/** Elements of which one or several options are chosen. @param {Part} element */
export function renderChoices(element, { named, held, use, around }) {
  switch (element.type) {
    case "overflow":
      return renderOverflow(element, { named, use });
    case "checkboxes":
      return renderBoxes(element, "checkbox", { named, held, use, around });
    case "radio_buttons":
      return renderBoxes(element, "radio", { named, held, use, around });
    case "static_select":
    case "multi_static_select":
      return renderSelect(element, groupsOf(element), { named, held, use });
    case "users_select":
    case "multi_users_select":
      return renderSelect(element, [{ options: optionsFrom(around.people) }], { named, held, use });
    case "channels_select":
    case "conversations_select":
    case "multi_channels_select":
    case "multi_conversations_select":
      return renderSelect(element, [{ options: optionsFrom(around.channels ?? {}) }], {
        named,
        held,
        use,
      });
    default:
      return el("span", { class: "block-unknown" }, `A ${String(element.type)}`);
  }
}

/** The values that are chosen. @param {Part} element @param {Part | null} held @returns {string[]} */
function chosenOf(element, held) {
  const from = held ?? {
    selected_option: element.initial_option,
    selected_options: element.initial_options,
    selected_user: element.initial_user,
    selected_users: element.initial_users,
    selected_channel: element.initial_channel,
    selected_channels: element.initial_channels,
    selected_conversation: element.initial_conversation,
    selected_conversations: element.initial_conversations,
  };
  return Object.entries(from)
    .filter(([name]) => name.startsWith("selected_"))
    .flatMap(([, chosen]) => chosen ?? [])
    .map((chosen) => (typeof chosen === "string" ? chosen : chosen.value));
}

/** @param {Part} element */
function groupsOf(element) {
  return element.option_groups ?? [{ options: element.options ?? [] }];
}

/** @param {Record<string, string>} names */
function optionsFrom(names) {
  return Object.entries(names).map(([value, text]) => ({ value, text: { text } }));
}

/** @param {Part} element @param {Part[]} groups */
function renderSelect(element, groups, { named, held, use }) {
  const multiple = element.type.startsWith("multi_");
  const chosen = chosenOf(element, held);
  const placeholder = element.placeholder?.text ?? "Choose";
  const select = el(
    "select",
    {
      ...named,
      multiple,
      disabled: use === null,
      change: () =>
        use?.(multiple ? [...select.selectedOptions].map(({ value }) => value) : select.value),
    },
    !multiple &&
      el("option", { value: "", disabled: true, selected: chosen.length === 0 }, placeholder),
    ...groups.flatMap(({ label, options }) => {
      const shown = options.map(({ text, value }) =>
        el("option", { value, selected: chosen.includes(value) }, text.text),
      );
      return label ? el("optgroup", { label: label.text }, ...shown) : shown;
    }),
  );
  return select;
}

/** A menu whose every entry is an action. @param {Part} element */
function renderOverflow(element, { named, use }) {
  const menu = el(
    "select",
    {
      ...named,
      class: "overflow",
      disabled: use === null,
      change() {
        const chosen = element.options.find(({ value }) => value === menu.value);
        menu.value = "";
        if (chosen?.url) window.open(chosen.url, "_blank", "noreferrer");
        use?.(chosen?.value);
      },
    },
    el("option", { value: "", selected: true, disabled: true, hidden: true }, "⋯"),
    ...element.options.map(({ text, value }) => el("option", { value }, text.text)),
  );
  return menu;
}

/** @param {Part} element @param {"checkbox" | "radio"} type */
function renderBoxes(element, type, { named, held, use, around }) {
  const chosen = chosenOf(element, held);
  const { "data-focus": focus, ...carried } = named;
  const group = el(
    "div",
    { ...carried, class: "boxes", role: type === "radio" ? "radiogroup" : "group" },
    ...(element.options ?? []).map(({ text, value, description }) =>
      el(
        "label",
        { class: "box" },
        el("input", {
          type,
          name: focus,
          value,
          "data-focus": `${focus} ${value}`,
          checked: chosen.includes(value),
          disabled: use === null,
          change() {
            const checked = [...group.querySelectorAll("input:checked")].map((box) => box.value);
            use?.(type === "radio" ? checked[0] : checked);
          },
        }),
        el(
          "span",
          {},
          ...renderText(text, around.people),
          description && el("small", {}, ...renderText(description, around.people)),
        ),
      ),
    ),
  );
  return group;
}
