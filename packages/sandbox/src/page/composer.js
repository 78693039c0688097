import { inSlack } from "./acting.js";
import { find } from "./dom.js";
import { openChannel } from "./slack-panel.js";

/** Lets the chosen person type into the conversation in front: slash commands for the bot, and messages. */
export function startComposer() {
  find("#command").addEventListener("submit", (event) => {
    event.preventDefault();
    void send();
  });
}

async function send() {
  const input = find("#command input");
  if (!(input instanceof HTMLInputElement)) return;
  const typed = input.value.trim();
  const channel = openChannel() ?? undefined;
  const done = typed.startsWith("/")
    ? await inSlack("commands", { typed, channel })
    : await inSlack("messages", { text: typed, channel });
  if (done !== null) input.value = "";
}
