import { become, inSlack, me } from "./acting.js";
import { drawTabs } from "./conversation-tabs.js";
import { button, el, find } from "./dom.js";
import { drawHome } from "./home-panel.js";
import { drawList, startAfresh } from "./keyed-list.js";
import { renderMessage } from "./message-view.js";
import { drawModal } from "./modal-dialog.js";
import { conversationsFor, homeTab } from "./my-conversations.js";
import { surroundings } from "./surroundings.js";

/** @typedef {import("../slack/sight.ts").SlackView} SlackView */
/** @typedef {import("./my-conversations.js").Shown} Shown */

/** The id of the conversation in front. @type {string | undefined} */
let chosen;

/** What was last to be seen. @type {SlackView | undefined} */
let latest;

/** @param {SlackView} view */
export function drawSlack(view) {
  latest = view;
  offerPeople(view);
  redraw();
}

/** Where what is typed goes; null on the home tab. @returns {string | null} */
export function openChannel() {
  const open = currentOf(latest);
  return open === undefined || open.id === homeTab ? null : (open.channel ?? "C000000002");
}

/** @param {SlackView} view */
function offerPeople({ personas }) {
  const select = find("#persona");
  if (!(select instanceof HTMLSelectElement)) return;
  if (me() === undefined && personas[0]) become(personas[0]);
  if (select.options.length > 0) return;
  select.append(
    ...personas.map(({ id, name, role }) => el("option", { value: id }, `${name}, ${role}`)),
  );
  select.addEventListener("change", () => {
    const persona = personas.find(({ id }) => id === select.value);
    if (persona === undefined) return;
    become(persona);
    redraw();
    if (currentOf(latest)?.id === homeTab) void inSlack("home", {});
  });
}

function currentOf(view) {
  if (view === undefined) return undefined;
  const shown = conversationsFor(view, me()?.id ?? "");
  return shown.find(({ id }) => id === chosen) ?? shown[0];
}

function redraw() {
  if (latest === undefined) return;
  const shown = conversationsFor(latest, me()?.id ?? "");
  const open = shown.find(({ id }) => id === chosen) ?? shown[0];
  drawTabs(shown, open, me()?.id ?? "", choose);
  const atHome = open?.id === homeTab;
  find("#messages").hidden = atHome;
  find("#home").hidden = !atHome;
  find("#command").hidden = atHome;
  if (atHome) drawHome(latest);
  else if (open !== undefined) drawMessages(open, latest);
  drawShortcuts(latest);
  drawModal(latest);
}

/** The app's shortcuts that are used anywhere. @param {SlackView} view */
function drawShortcuts({ shortcuts }) {
  drawList(
    find("#shortcuts"),
    shortcuts.filter((shortcut) => shortcut.on === "everywhere"),
    ({ callbackId }) => callbackId,
    ({ callbackId, title }) =>
      button(title, { class: "quiet" }, () => void inSlack("shortcuts", { callbackId })),
  );
}

/** @param {string} id */
function choose(id) {
  chosen = id;
  redraw();
  if (id === homeTab) void inSlack("home", {});
}

/** @param {Shown} conversation @param {SlackView} view */
function drawMessages({ id, channel, messages }, view) {
  const log = find("#messages");
  const reader = me()?.id ?? "";
  const showing = `${reader} ${id}`;
  const isOther = log.dataset.showing !== showing;
  if (isOther) startAfresh(log);
  log.dataset.showing = showing;
  const atEnd = isOther || log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  if (messages.length === 0) {
    log.replaceChildren(
      el("p", { class: "empty" }, "No messages yet. They appear here as the bot posts them."),
    );
    return;
  }
  drawList(
    log,
    messages.map((message) => ({ reader, message })),
    ({ message }) => `${id}-${message.ts}`,
    ({ message }) =>
      renderMessage(message, {
        around: ({ ts }) => surroundings(view, { channel: channel ?? "", ts }),
        tools: ({ ts }) => toolsOf(view, { channel: channel ?? "", ts }),
        dismiss: (ts) => void inSlack("dismiss", { ts }),
      }),
  );
  if (atEnd) log.scrollTop = log.scrollHeight;
}

/** The app's shortcuts on a message. @param {SlackView} view @param {{ channel: string, ts: string }} on */
function toolsOf({ shortcuts }, on) {
  return shortcuts
    .filter((shortcut) => shortcut.on === "message")
    .map(({ callbackId, title }) =>
      button(
        title,
        { class: "quiet small tool", "data-focus": `${on.ts} ${callbackId}` },
        () => void inSlack("shortcuts", { callbackId, on }),
      ),
    );
}
