import { renderBlock } from "./block-kit.js";
import { button, el } from "./dom.js";
import { renderMrkdwn } from "./mrkdwn-view.js";
import { clock } from "./slack-date.js";

/** @typedef {import("../slack/conversations.ts").Message} Message */
/** @typedef {import("./elements.js").Surroundings} Surroundings */

/**
 * A message with its thread. `around` makes a message's surroundings, by which its controls work; `tools` are
 * buttons beside its head.
 * @param {Message} message
 * @param {{ around: (message: Message) => Surroundings, tools?: (message: Message) => Node[], dismiss?: (ts: string) => void }} ports
 * @returns {HTMLElement}
 */
export function renderMessage(message, ports) {
  const { author, at, editedAt, replies, files, unfurls } = message;
  const around = ports.around(message);
  const isPrivate = message.private === true;
  return el(
    "article",
    { class: isPrivate ? "message private" : "message", "aria-label": `Message from ${author}` },
    el("div", { class: "avatar", "aria-hidden": "true" }, author.slice(0, 1)),
    el(
      "div",
      { class: "message-body" },
      isPrivate &&
        el(
          "div",
          { class: "private-note" },
          "Only visible to you ",
          button("Dismiss", { class: "quiet small" }, () => ports.dismiss?.(message.ts)),
        ),
      el(
        "div",
        { class: "message-head" },
        el("b", {}, author),
        author === "Countersign" && el("span", { class: "app-badge" }, "APP"),
        el("time", { datetime: at, title: at }, clock(at)),
        editedAt !== null &&
          el("span", { class: "edited", title: editedAt }, `updated ${clock(editedAt)}`),
        message.fromThread && el("span", { class: "edited" }, "also sent to the channel"),
        ...(isPrivate ? [] : (ports.tools?.(message) ?? [])),
      ),
      ...renderContent(message, around),
      ...Object.entries(unfurls).map(([url, unfurl]) => renderUnfurl(url, unfurl, around)),
      ...files.map((name) => el("div", { class: "file" }, name)),
      replies.length > 0 && renderThread(replies, ports),
    ),
  );
}

/** @param {Message[]} replies */
function renderThread(replies, ports) {
  const count = replies.filter((reply) => reply.private !== true).length;
  return el(
    "div",
    { class: "thread", role: "group", "aria-label": "Replies" },
    el("p", { class: "thread-count" }, count === 1 ? "1 reply" : `${count} replies`),
    ...replies.map((reply) => renderMessage(reply, ports)),
  );
}

/** With blocks, Slack shows only these: the text is for notifications and screen readers. */
function renderContent({ blocks, text }, around) {
  if (blocks.length > 0) return blocks.map((block) => renderBlock(block, around));
  return [
    el("div", { class: "block-section" }, el("div", {}, ...renderMrkdwn(text, around.people))),
  ];
}

/** What the bot shows of a link. @param {string} url @param {Record<string, any>} unfurl @param {Surroundings} around */
function renderUnfurl(url, unfurl, around) {
  const { blocks = [], title, text } = unfurl;
  return el(
    "div",
    { class: "unfurl", role: "group", "aria-label": `Preview of ${url}` },
    title && el("b", {}, title),
    text && el("div", {}, ...renderMrkdwn(text, around.people)),
    ...blocks.map((block) => renderBlock(block, around)),
  );
}
