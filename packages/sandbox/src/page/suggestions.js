import { el } from "./dom.js";

let lists = 0;

/**
 * A field whose options the bot suggests as a person types.
 * @param {import("./elements.js").Part} element
 */
export function renderSuggestions(element, { named, held, use, suggest }) {
  lists += 1;
  const list = el("datalist", { id: `suggestions-${lists}` });
  const first = held === null ? element.initial_option : held.selected_option;
  /** @type {import("./elements.js").Part[]} */
  let options = first ? [first] : [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;

  async function look() {
    options = await suggest(field.value);
    list.replaceChildren(...options.map(({ text }) => el("option", { value: text.text })));
    field.dataset.offered = String(options.length);
  }

  function choose() {
    const chosen = options.find(({ text }) => text.text === field.value);
    if (chosen === undefined || field.dataset.chosen === chosen.value) return;
    field.dataset.chosen = chosen.value;
    use?.(chosen.value);
  }

  const field = el("input", {
    ...named,
    list: list.id,
    autocomplete: "off",
    value: first?.text.text ?? null,
    "data-chosen": first?.value ?? null,
    placeholder: element.placeholder?.text ?? "Type to search",
    disabled: use === null,
    focus() {
      if (element.min_query_length === 0) void look();
    },
    input() {
      if (options.some(({ text }) => text.text === field.value)) return choose();
      delete field.dataset.chosen;
      clearTimeout(waiting);
      if (field.value.length < (element.min_query_length ?? 3)) return;
      waiting = setTimeout(() => void look(), 150);
    },
    change: choose,
  });
  return el("span", { class: "suggestions" }, field, list);
}
