/**
 * Slack's mrkdwn as a tree, per https://docs.slack.dev/messaging/formatting-message-text.
 * @typedef {{ type: "text" | "code" | "pre" | "emoji" | "mention", text: string }} Leaf
 * @typedef {{ type: "bold" | "italic" | "strike" | "quote", children: Node[] }} Branch
 * @typedef {{ type: "link", href: string | null, children: Node[] }} Link
 * @typedef {{ type: "date", at: number, format: string, href: string | null, text: string }} Moment
 * @typedef {{ type: "break" }} Break
 * @typedef {Leaf | Branch | Link | Moment | Break} Node
 */

const pattern =
  /```([\s\S]+?)```|`([^`\n]+)`|<([^<>\n]+)>|:([a-z0-9_+-]+):|(?<![\w*])\*(?=\S)([^*\n]*?\S)\*(?![\w*])|(?<![\w_])_(?=\S)([^_\n]*?\S)_(?![\w_])|(?<![\w~])~(?=\S)([^~\n]*?\S)~(?![\w~])|(\n)/g;

/**
 * @param {string} source text as the bot wrote it, with Slack's three entities escaped
 * @param {(id: string) => string} nameOf a person's or channel's name by Slack id
 * @returns {Node[]}
 */
export function parseMrkdwn(source, nameOf = (id) => id) {
  return source
    .split(/((?:^&gt;[^\n]*(?:\n|$))+)/m)
    .filter((part) => part !== "")
    .flatMap((part) => {
      if (!part.startsWith("&gt;")) return parseInline(part, nameOf);
      const quoted = part.replaceAll(/^&gt; ?/gm, "").replace(/\n$/, "");
      return [{ type: "quote", children: parseInline(quoted, nameOf) }];
    });
}

/**
 * Slack writes `&`, `<` and `>` of people's words as entities, and no others.
 * @param {string} text
 */
export function unescapeEntities(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/**
 * @param {string} source
 * @param {(id: string) => string} nameOf
 * @returns {Node[]}
 */
function parseInline(source, nameOf) {
  const nodes = [];
  let end = 0;
  for (const match of source.matchAll(pattern)) {
    if (match.index > end) nodes.push(plain(source.slice(end, match.index)));
    nodes.push(toNode(match, nameOf));
    end = match.index + match[0].length;
  }
  if (end < source.length) nodes.push(plain(source.slice(end)));
  return nodes;
}

/** @param {string} text @returns {Leaf} */
function plain(text) {
  return { type: "text", text: unescapeEntities(text) };
}

/** @param {RegExpMatchArray} match @param {(id: string) => string} nameOf @returns {Node} */
function toNode([whole, pre, code, angle, emoji, bold, italic, strike], nameOf) {
  if (pre !== undefined) return { type: "pre", text: unescapeEntities(pre.replace(/^\n/, "")) };
  if (code !== undefined) return { type: "code", text: unescapeEntities(code) };
  if (angle !== undefined) return toReference(angle, nameOf);
  if (emoji !== undefined) return { type: "emoji", text: emoji };
  if (bold !== undefined) return { type: "bold", children: parseInline(bold, nameOf) };
  if (italic !== undefined) return { type: "italic", children: parseInline(italic, nameOf) };
  if (strike !== undefined) return { type: "strike", children: parseInline(strike, nameOf) };
  return whole === "\n" ? { type: "break" } : plain(whole);
}

/** @param {string} inner @param {(id: string) => string} nameOf @returns {Node} */
function toReference(inner, nameOf) {
  const bar = inner.indexOf("|");
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? null : inner.slice(bar + 1);
  if (target.startsWith("!date^")) return toMoment(target, label);
  if (target.startsWith("@"))
    return { type: "mention", text: `@${label ?? nameOf(target.slice(1))}` };
  if (target.startsWith("#"))
    return { type: "mention", text: `#${label ?? nameOf(target.slice(1))}` };
  if (target.startsWith("!")) return { type: "mention", text: `@${label ?? target.slice(1)}` };
  const href = unescapeEntities(target);
  const children = label === null ? [plain(target)] : parseInline(label, nameOf);
  return { type: "link", href: isSafeAddress(href) ? href : null, children };
}

/** @param {string} target @param {string | null} fallback @returns {Moment} */
function toMoment(target, fallback) {
  const [, at = "", format = "", href = ""] = target.split("^");
  return {
    type: "date",
    at: Number(at),
    format,
    href: isSafeAddress(href) ? href : null,
    text: unescapeEntities(fallback ?? ""),
  };
}

/** Anything else (`javascript:`, `data:`) is shown but does nothing. @param {string} href */
export function isSafeAddress(href) {
  return /^(?:https?:\/\/|mailto:)/i.test(href);
}
