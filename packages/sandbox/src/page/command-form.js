import { ask } from "./api.js";
import { button, el, find } from "./dom.js";
import { renderMessage } from "./slack-panel.js";

/** Lets a person send the bot slash commands. Its answers are for that person alone, so only this page keeps them. */
export function startCommands() {
  find("#command").addEventListener("submit", (event) => {
    event.preventDefault();
    void send();
  });
}

async function send() {
  const input = find("#command input");
  if (!(input instanceof HTMLInputElement)) return;
  const answer = await ask("/control/slack/commands", { typed: input.value });
  if (answer === null) return;
  input.value = "";
  show(answer);
}

/** @param {{ text: string, blocks: Record<string, unknown>[] }} answer */
function show({ text, blocks }) {
  const at = new Date().toISOString();
  const message = {
    ts: at,
    at,
    editedAt: null,
    author: "Countersign",
    text,
    blocks,
    files: [],
    replies: [],
  };
  const shown = renderMessage(message);
  shown.classList.add("private");
  const note = el("div", { class: "private-note" }, "Only visible to you ");
  note.append(button("Dismiss", { class: "quiet small" }, () => shown.remove()));
  shown.querySelector(".message-body")?.prepend(note);
  const place = find("#answer");
  place.replaceChildren(shown);
}
