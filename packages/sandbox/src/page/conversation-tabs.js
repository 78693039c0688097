import { el, find } from "./dom.js";
import { drawList } from "./keyed-list.js";
import { homeTab } from "./my-conversations.js";

/** @typedef {import("./my-conversations.js").Shown} Shown */

/** How many messages of a conversation a person has seen, by person and conversation. @type {Map<string, number>} */
const seen = new Map();

/**
 * The conversations of one person, with how many messages of each are new to them.
 * @param {Shown[]} shown @param {Shown | undefined} open @param {string} reader
 * @param {(id: string) => void} choose
 */
export function drawTabs(shown, open, reader, choose) {
  const tabs = shown.map(({ id, label, messages }) => {
    const key = `${reader} ${id}`;
    if (id === open?.id || !seen.has(key)) seen.set(key, messages.length);
    const unread = Math.max(0, messages.length - (seen.get(key) ?? 0));
    return { id, label, unread, selected: id === open?.id };
  });
  drawList(
    find("#conversations"),
    tabs,
    ({ id }) => id,
    (tab) => renderTab(tab, () => choose(tab.id)),
  );
}

/** @param {{ id: string, label: string, unread: number, selected: boolean }} tab @param {() => void} choose */
function renderTab({ id, label, unread, selected }, choose) {
  return el(
    "button",
    {
      type: "button",
      role: "tab",
      tabindex: selected ? 0 : -1,
      "aria-selected": String(selected),
      "aria-controls": id === homeTab ? "home" : "messages",
      "data-focus": `tab-${id}`,
      click: choose,
    },
    label,
    unread > 0 && el("span", { class: "unread" }, unread, el("span", { class: "unseen" }, " new")),
  );
}

/** As in any list of tabs, arrows lead to the one beside it. */
export function startTabs() {
  find("#conversations").addEventListener("keydown", (event) => {
    const tabs = [...find("#conversations").querySelectorAll("[role=tab]")];
    const at = tabs.findIndex((tab) => tab === document.activeElement);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
    const next = to === undefined || at < 0 ? undefined : tabs.at(to % tabs.length);
    if (!(next instanceof HTMLElement)) return;
    event.preventDefault();
    next.focus();
    next.click();
  });
}
