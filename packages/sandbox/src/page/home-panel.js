import { me } from "./acting.js";
import { renderBlock } from "./block-kit.js";
import { el, find } from "./dom.js";
import { drawList, startAfresh } from "./keyed-list.js";
import { surroundings } from "./surroundings.js";

/** The chosen person's App Home. @param {import("../slack/sight.ts").SlackView} view */
export function drawHome(view) {
  const reader = me()?.id ?? "";
  const home = view.homes[reader];
  const place = find("#home");
  if (home === undefined) {
    place.replaceChildren(
      el("p", { class: "empty" }, "Countersign has not drawn this home tab yet."),
    );
    return;
  }
  if (place.dataset.reader !== reader) startAfresh(place);
  place.dataset.reader = reader;
  const around = { ...surroundings(view, { view: "home" }), values: home.state.values };
  drawList(
    place,
    home.blocks.map((block, at) => ({ at, block, reader })),
    ({ at, block }) => `${at} ${String(block.block_id)}`,
    ({ block }) => renderBlock(block, around),
  );
}
