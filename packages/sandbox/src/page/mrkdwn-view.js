import { el } from "./dom.js";
import { emojiOf } from "./emoji.js";
import { isSafeAddress, parseMrkdwn, unescapeEntities } from "./mrkdwn.js";
import { formatSlackDate } from "./slack-date.js";

/** @typedef {import("./mrkdwn.js").Node} MrkdwnNode */

/**
 * A Slack text object (`mrkdwn` or `plain_text`) as nodes.
 * @param {unknown} text @param {Record<string, string>} people
 * @returns {Node[]}
 */
export function renderText(text, people) {
  if (text === null || typeof text !== "object") return [];
  const { type, text: source } = /** @type {{ type?: unknown, text?: unknown }} */ (text);
  if (typeof source !== "string") return [];
  return type === "mrkdwn" ? renderMrkdwn(source, people) : renderPlain(source);
}

/** @param {string} source @param {Record<string, string>} people @returns {Node[]} */
export function renderMrkdwn(source, people) {
  return parseMrkdwn(source, (id) => people[id] ?? id).map(renderNode);
}

/** Plain text knows entities and emoji names, and nothing else. @param {string} source @returns {Node[]} */
function renderPlain(source) {
  const parts = source.split(/(:[a-z0-9_+-]+:|\n)/g);
  return parts.map((part) => {
    if (part === "\n") return el("br");
    const named = /^:([a-z0-9_+-]+):$/.exec(part)?.[1];
    return document.createTextNode(named ? emojiOf(named) : unescapeEntities(part));
  });
}

/** @param {MrkdwnNode} node @returns {Node} */
function renderNode(node) {
  switch (node.type) {
    case "bold":
      return el("strong", {}, ...node.children.map(renderNode));
    case "italic":
      return el("em", {}, ...node.children.map(renderNode));
    case "strike":
      return el("s", {}, ...node.children.map(renderNode));
    case "quote":
      return el("blockquote", {}, ...node.children.map(renderNode));
    case "code":
      return el("code", {}, node.text);
    case "pre":
      return el("pre", {}, node.text);
    case "emoji":
      return document.createTextNode(emojiOf(node.text));
    case "mention":
      return el("span", { class: "mention" }, node.text);
    case "link":
      return renderLink(node.href, node.children.map(renderNode));
    case "date":
      return renderLink(node.href, [renderMoment(node)]);
    case "break":
      return el("br");
    case "text":
      return document.createTextNode(node.text);
  }
}

/** @param {string | null} href @param {Node[]} children @returns {Node} */
function renderLink(href, children) {
  if (href === null || !isSafeAddress(href)) return el("span", {}, ...children);
  return el("a", { href, target: "_blank", rel: "noreferrer" }, ...children);
}

/** @param {import("./mrkdwn.js").Moment} moment */
function renderMoment({ at, format, text }) {
  const shown = formatSlackDate(at, format, text);
  const date = new Date(at * 1000);
  return el("time", Number.isNaN(date.getTime()) ? {} : { datetime: date.toISOString() }, shown);
}
