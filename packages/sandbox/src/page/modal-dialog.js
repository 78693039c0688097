import { inSlack, me } from "./acting.js";
import { renderBlock } from "./block-kit.js";
import { button, el, find } from "./dom.js";
import { entriesIn } from "./elements.js";
import { renderText } from "./mrkdwn-view.js";
import { surroundings } from "./surroundings.js";

/** @typedef {import("../slack/sight.ts").SlackView} SlackView */

/** The view that the dialog shows, as it was when it was drawn. */
let drawn = "";

/** The view that is being closed: Escape may say so twice. */
let closing = "";

/** Shows the modal that the chosen person has open, and closes the dialog where there is none. @param {SlackView} view */
export function drawModal(view) {
  const dialog = find("#modal");
  if (!(dialog instanceof HTMLDialogElement)) return;
  const shown = (view.modals[me()?.id ?? ""] ?? []).at(-1);
  if (shown === undefined) {
    drawn = "";
    if (dialog.open) dialog.close();
    return;
  }
  const now = `${shown.id} ${shown.hash}`;
  if (now === drawn && dialog.open) return;
  drawn = now;
  dialog.replaceChildren(renderModal(shown, view));
  if (!dialog.open) dialog.showModal();
  firstIn(dialog, shown)?.focus();
}

/** The control to begin with: the one that the app names, else the first. */
function firstIn(dialog, { blocks }) {
  const named = blocks.find(({ element }) => element?.focus_on_load === true)?.block_id;
  const all = [...dialog.querySelectorAll("input, select, textarea, button, a")];
  const wanted = all.find((one) => one.closest("[data-input]")?.dataset.input === named);
  return wanted ?? all[0];
}

/** Escape closes the view, not only the dialog. */
export function startModals() {
  const dialog = find("#modal");
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (closing === drawn) return;
    closing = drawn;
    const [id] = drawn.split(" ");
    void inSlack(`views/${id}/close`, {});
  });
}

/** A modal as a form. Also drawn for pictures, where nothing is pressed. */
export function renderModal(shown, view) {
  const form = el("form", {
    class: "modal",
    method: "dialog",
    submit: (event) => void send(event),
  });
  const entries = () => entriesIn(form);
  const around = {
    ...surroundings(view, { view: shown.id }, entries),
    values: shown.state.values,
  };
  form.append(
    el("h2", { id: "modal-title" }, ...renderText(shown.title, around.people)),
    el(
      "div",
      { class: "modal-blocks" },
      ...shown.blocks.map((block) => renderBlock(block, around)),
    ),
    el(
      "div",
      { class: "row end" },
      button(
        shown.close?.text ?? "Cancel",
        { class: "quiet" },
        () => void inSlack(`views/${shown.id}/close`, {}),
      ),
      shown.submit && el("button", { type: "submit", class: "primary" }, shown.submit.text),
    ),
  );
  return form;

  /** @param {Event} event */
  async function send(event) {
    event.preventDefault();
    showErrors(form, {});
    await inSlack(`views/${shown.id}/submit`, { entries: entries() }, ({ errors }) => {
      if (errors !== undefined) showErrors(form, errors);
      return errors !== undefined;
    });
  }
}

/** @param {HTMLElement} form @param {Record<string, string>} errors by block */
function showErrors(form, errors) {
  for (const block of form.querySelectorAll("[data-input]")) {
    const sentence = errors[block.dataset.input] ?? "";
    const place = block.querySelector(".input-error");
    if (place) place.textContent = sentence;
    const control = block.querySelector("input, select, textarea");
    if (sentence === "") control?.removeAttribute("aria-invalid");
    else control?.setAttribute("aria-invalid", "true");
  }
  const [first] = Object.keys(errors);
  if (first === undefined) return;
  const wrong = [...form.querySelectorAll("[data-input]")].find(
    ({ dataset }) => dataset.input === first,
  );
  wrong?.querySelector("input, select, textarea")?.focus();
}
