import { drawBoards } from "./boards-panel.js";
import { drawChaos, startChaos } from "./chaos-panel.js";
import { drawContracts } from "./contracts-panel.js";
import { find } from "./dom.js";
import { offerDeals, offerProviders, startForm } from "./send-form.js";
import { startCommands } from "./command-form.js";
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
startCommands();
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
