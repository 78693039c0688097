import { clock, el, find } from "./dom.js";
import { drawList } from "./keyed-list.js";

/** @typedef {import("../providers/view.ts").WebhookView} WebhookView */

/** @param {WebhookView[]} webhooks newest first */
export function drawWebhooks(webhooks) {
  drawList(find("#webhooks"), webhooks, ({ id }) => id, renderWebhook);
  const [latest] = webhooks;
  const parts = latest ? [latest.provider, latest.what, sayAnswer(latest)] : ["None sent yet"];
  find("#latest-webhook").textContent = parts.join(" · ");
}

/** @param {WebhookView} webhook */
function renderWebhook(webhook) {
  const { at, provider, title, what, marks, tries, state } = webhook;
  return el(
    "tr",
    {},
    el("td", {}, el("time", { datetime: at, title: at }, clock(at))),
    el("td", {}, provider),
    el("td", { class: "clip", title }, title),
    el("td", {}, what, el("span", { class: "marks" }, [...new Set(marks)].join(", "))),
    el("td", {}, el("span", { class: `chip ${state}` }, sayAnswer(webhook))),
    el("td", {}, tries),
  );
}

/** @param {WebhookView} webhook */
function sayAnswer({ state, status, nextTryAt, ms }) {
  const answer = status === null ? "no answer" : String(status);
  switch (state) {
    case "sending":
      return "sending";
    case "accepted":
      return ms === null ? answer : `${answer} in ${ms} ms`;
    case "waiting":
      return nextTryAt === null ? answer : `${answer}, next try ${clock(nextTryAt)}`;
    case "lost":
      return "lost on the way";
    case "refused":
      return `${answer}, given up`;
  }
}
