import { renderBlock } from "./block-kit.js";
import { clock, el, find } from "./dom.js";
import { drawList } from "./keyed-list.js";
import { renderMrkdwn } from "./mrkdwn-view.js";

/** @typedef {import("../slack/conversations.ts").SlackView} SlackView */
/** @typedef {import("../slack/conversations.ts").Message} Message */
/** @typedef {import("../slack/conversations.ts").Conversation} Conversation */

let chosen = "contracts";

/** What was last to be seen. @type {SlackView} */
let latest = { conversations: [], people: {} };

/** @param {SlackView} view */
export function drawSlack(view) {
  latest = view;
  const shown = view.conversations
    .filter(({ name, messages }) => name === "contracts" || messages.length > 0)
    .toSorted((a, b) => Number(b.name === "contracts") - Number(a.name === "contracts"));
  const open = shown.find(({ name }) => name === chosen) ?? shown[0];
  drawTabs(shown, open);
  if (open !== undefined) drawMessages(open);
}

/** @param {Conversation[]} conversations @param {Conversation | undefined} open */
function drawTabs(conversations, open) {
  const tabs = conversations.map(({ id, name, direct, messages }) => ({
    id,
    name,
    label: direct ? name : `# ${name}`,
    count: messages.length,
    selected: id === open?.id,
  }));
  drawList(
    find("#conversations"),
    tabs,
    ({ id }) => id,
    (tab) =>
      el(
        "button",
        {
          type: "button",
          role: "tab",
          "aria-selected": String(tab.selected),
          "aria-controls": "messages",
          "data-focus": `tab-${tab.id}`,
          click() {
            chosen = tab.name;
            drawSlack(latest);
          },
        },
        tab.label,
        el("span", { class: "count" }, tab.count),
      ),
  );
}

/** @param {Conversation} conversation */
function drawMessages({ id, messages }) {
  const log = find("#messages");
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  if (messages.length === 0) {
    log.replaceChildren(
      el("p", { class: "empty" }, "No messages yet. They appear here as the bot posts them."),
    );
    return;
  }
  drawList(
    log,
    messages,
    ({ ts }) => `${id}-${ts}`,
    (message) => renderMessage(message),
  );
  if (atEnd) log.scrollTop = log.scrollHeight;
}

/** @param {Message} message @returns {HTMLElement} */
export function renderMessage(message) {
  const { author, at, editedAt, replies, files } = message;
  return el(
    "article",
    { class: "message" },
    el("div", { class: "avatar", "aria-hidden": "true" }, author.slice(0, 1)),
    el(
      "div",
      { class: "message-body" },
      el(
        "div",
        { class: "message-head" },
        el("b", {}, author),
        author === "Countersign" && el("span", { class: "app-badge" }, "APP"),
        el("time", { datetime: at, title: at }, clock(at)),
        editedAt !== null &&
          el("span", { class: "edited", title: editedAt }, `updated ${clock(editedAt)}`),
      ),
      ...renderContent(message),
      ...files.map((name) => el("div", { class: "file" }, name)),
      replies.length > 0 &&
        el(
          "div",
          { class: "thread", role: "group", "aria-label": "Replies" },
          el(
            "p",
            { class: "thread-count" },
            replies.length === 1 ? "1 reply" : `${replies.length} replies`,
          ),
          ...replies.map((reply) => renderMessage(reply)),
        ),
    ),
  );
}

/** With blocks, Slack shows only these: the text is for notifications and screen readers. @param {Message} message*/
function renderContent({ blocks, text }) {
  if (blocks.length > 0)
    return blocks.map((block) => renderBlock(block, { people: latest.people }));
  return [
    el("div", { class: "block-section" }, el("div", {}, ...renderMrkdwn(text, latest.people))),
  ];
}
