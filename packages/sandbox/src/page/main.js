import { drawBoards } from "./boards-panel.js";
import { drawChaos, startChaos } from "./chaos-panel.js";
import { drawContracts } from "./contracts-panel.js";
import { find } from "./dom.js";
import { offerDeals, offerProviders, startForm } from "./send-form.js";
import { startComposer } from "./composer.js";
import { startTabs } from "./conversation-tabs.js";
import { startModals } from "./modal-dialog.js";
import { drawSlack } from "./slack-panel.js";
import { drawWebhooks } from "./webhooks-panel.js";

/** What to do with each part of the state: every event carries its part whole. @type {Record<string, (part: any) => void>} */
const draw = {
  providers: offerProviders,
  chaos: drawChaos,
  contracts: drawContracts,
  webhooks: drawWebhooks,
  slack: drawSlack,
  crms(boards) {
    offerDeals(boards);
    drawBoards(boards);
  },
};

startForm();
startChaos();
startComposer();
startModals();
startTabs();
const events = new EventSource("/events");
for (const [part, show] of Object.entries(draw)) {
  events.addEventListener(part, ({ data }) => show(JSON.parse(data)));
}
events.addEventListener("open", () => showConnection("live", "Live"));
events.addEventListener("error", () => showConnection("waiting", "Reconnecting"));

/** @param {string} state @param {string} text */
function showConnection(state, text) {
  const connection = find("#connection");
  connection.dataset.state = state;
  connection.textContent = text;
}
