import { button, el, find } from "./dom.js";

/** @typedef {import("./elements.js").Part} Part */

/**
 * Asks what a control's `confirm` asks; true where there is none, or the person agrees.
 * @param {Part | undefined} question https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
 * @returns {Promise<boolean>}
 */
export function confirmed(question) {
  const dialog = find("#confirm");
  if (question === undefined || !(dialog instanceof HTMLDialogElement)) {
    return Promise.resolve(true);
  }
  const style = question.style === "danger" ? "danger" : "primary";
  dialog.returnValue = "";
  dialog.replaceChildren(
    el(
      "form",
      { method: "dialog" },
      el("h2", { id: "confirm-title" }, question.title?.text ?? "Are you sure?"),
      el("p", { id: "confirm-text" }, question.text?.text ?? ""),
      el(
        "div",
        { class: "row end" },
        button(question.deny?.text ?? "Cancel", { class: "quiet" }, () => dialog.close()),
        el(
          "button",
          { type: "submit", value: "agreed", class: style, autofocus: true },
          question.confirm?.text ?? "Yes",
        ),
      ),
    ),
  );
  dialog.showModal();
  return new Promise((resolve) => {
    const answer = () => resolve(dialog.returnValue === "agreed");
    dialog.addEventListener("close", answer, { once: true });
  });
}
