import { el } from "./dom.js";
import { isSafeAddress } from "./mrkdwn.js";
import { renderText } from "./mrkdwn-view.js";

/** @typedef {Record<string, unknown>} Part a block, or an element of one, as the bot sent it */
/** @typedef {{ people: Record<string, string>, press?: (action: Part) => void }} Surroundings */

/**
 * A Block Kit block as Slack lays it out: https://docs.slack.dev/reference/block-kit/blocks
 * @param {Part} block @param {Surroundings} around
 * @returns {HTMLElement}
 */
export function renderBlock(block, around) {
  switch (block.type) {
    case "header":
      return el("div", { class: "block-header" }, ...renderText(block.text, around.people));
    case "section":
      return renderSection(block, around);
    case "context":
      return el(
        "div",
        { class: "block-context" },
        ...partsOf(block.elements).map((one) => renderContext(one, around)),
      );
    case "divider":
      return el("hr", { class: "block-divider" });
    case "actions":
      return el(
        "div",
        { class: "block-actions" },
        ...partsOf(block.elements).map((one) => renderControl(one, around)),
      );
    case "image":
      return renderImage(block);
    default:
      return el("div", { class: "block-unknown" }, `A ${String(block.type)} block`);
  }
}

/** @param {Part} block @param {Surroundings} around */
function renderSection(block, around) {
  const fields = partsOf(block.fields);
  const accessory = partsOf([block.accessory])[0];
  return el(
    "div",
    { class: "block-section" },
    el(
      "div",
      { class: "section-body" },
      block.text ? el("div", {}, ...renderText(block.text, around.people)) : null,
      fields.length > 0 &&
        el(
          "div",
          { class: "section-fields" },
          ...fields.map((field) => el("div", {}, ...renderText(field, around.people))),
        ),
    ),
    accessory ? renderControl(accessory, around) : null,
  );
}

/** @param {Part} element @param {Surroundings} around */
function renderContext(element, around) {
  if (element.type === "image") return renderImage(element);
  return el("span", {}, ...renderText(element, around.people));
}

/** @param {Part} element @param {Surroundings} around */
function renderControl(element, around) {
  if (element.type === "image") return renderImage(element);
  if (element.type !== "button")
    return el("span", { class: "block-unknown" }, `A ${String(element.type)}`);
  const style = typeof element.style === "string" ? ` ${element.style}` : "";
  const label = renderText(element.text, around.people);
  const named = {
    class: `slack-button${style}`,
    "aria-label": textOf(element.accessibility_label),
  };
  if (typeof element.url === "string" && isSafeAddress(element.url)) {
    return el("a", { ...named, href: element.url, target: "_blank", rel: "noreferrer" }, ...label);
  }
  const { press } = around;
  const action = press ? { click: () => press(element) } : { disabled: true };
  return el("button", { type: "button", ...named, ...action }, ...label);
}

/** The sandbox loads nothing from outside, so a picture is shown by its description. @param {Part} image */
function renderImage(image) {
  return el("span", { class: "block-unknown" }, textOf(image.alt_text) ?? "A picture");
}

/** @param {unknown} value @returns {string | null} */
function textOf(value) {
  return typeof value === "string" ? value : null;
}

/** @param {unknown} list @returns {Part[]} */
function partsOf(list) {
  if (!Array.isArray(list)) return [];
  return list.filter((part) => part !== null && typeof part === "object");
}
