import { el } from "./dom.js";
import { renderElement } from "./elements.js";
import { renderText } from "./mrkdwn-view.js";

/** @typedef {import("./elements.js").Part} Part */
/** @typedef {import("./elements.js").Surroundings} Surroundings */

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
        ...partsOf(block.elements).map((one) => renderElement(one, block, around)),
      );
    case "input":
      return renderInput(block, around);
    case "image":
      return renderImage(block);
    default:
      return el("div", { class: "block-unknown" }, `A ${String(block.type)} block`);
  }
}

/** @param {Part} block @param {Surroundings} around */
function renderSection(block, around) {
  const fields = partsOf(block.fields);
  const [accessory] = partsOf([block.accessory]);
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
    accessory ? renderElement(accessory, block, around) : null,
  );
}

/** A label, the control, a hint, and room for what is wrong with it. @param {Part} block @param {Surroundings} around */
function renderInput(block, around) {
  const [element] = partsOf([block.element]);
  const hint = block.hint ? el("small", {}, ...renderText(block.hint, around.people)) : null;
  return el(
    "div",
    { class: "block-input", "data-input": block.block_id },
    el(
      "span",
      { class: "input-label", "aria-hidden": "true" },
      ...renderText(block.label, around.people),
      block.optional === true && el("small", {}, " (optional)"),
    ),
    element ? renderElement(element, block, around) : null,
    hint,
    el("small", { class: "input-error", role: "alert" }),
  );
}

/** @param {Part} element @param {Surroundings} around */
function renderContext(element, around) {
  if (element.type === "image") return renderImage(element);
  return el("span", {}, ...renderText(element, around.people));
}

/** The sandbox loads nothing from outside, so a picture is shown by its description. @param {Part} image */
function renderImage(image) {
  const text = typeof image.alt_text === "string" ? image.alt_text : "A picture";
  return el("span", { class: "block-unknown" }, text);
}

/** @param {unknown} list @returns {Part[]} */
function partsOf(list) {
  if (!Array.isArray(list)) return [];
  return list.filter((part) => part !== null && typeof part === "object");
}
