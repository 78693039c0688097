import { renderBlock } from "./block-kit.js";
import { el, find } from "./dom.js";
import { renderMessage } from "./message-view.js";
import { renderModal } from "./modal-dialog.js";
import { readIn } from "./slack-date.js";

/** @typedef {import("../pictures.ts").Picture} Picture */

/**
 * Draws one thing that Slack shows, alone, with every font that it needs; the sandbox takes its picture.
 * @param {Picture} picture @param {string} zone
 */
async function draw(picture, zone) {
  readIn(zone);
  const place = find("#picture");
  place.replaceChildren(render(picture));
  // Laying it out is what asks for the fonts.
  place.getBoundingClientRect();
  await document.fonts.ready;
}

/** @param {Picture} picture */
function render({ view, blocks, text = "", at, replies = [], people = {}, ephemeral = false }) {
  const around = { people, use: () => undefined, values: view?.state?.values };
  if (view?.type === "modal") {
    const shown = { id: "V0", state: { values: {} }, ...view };
    return renderModal(shown, { people, conversations: [] });
  }
  if (view !== undefined)
    return el("div", { class: "home" }, ...view.blocks.map((block) => renderBlock(block, around)));
  const ports = { around: () => around };
  const lines = replies.map((reply) => messageOf(reply));
  return renderMessage(
    { ...messageOf({ text, blocks, at }), replies: lines, private: ephemeral },
    ports,
  );
}

function messageOf({ text = "", blocks = [], at = new Date().toISOString() }) {
  return {
    ts: "0",
    at,
    editedAt: null,
    author: "Countersign",
    text,
    blocks,
    files: [],
    key: null,
    unfurls: {},
    broadcast: false,
    replies: [],
  };
}

Object.assign(window, { draw });
