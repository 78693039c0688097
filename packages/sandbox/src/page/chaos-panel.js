import { post } from "./api.js";
import { find } from "./dom.js";

/** @typedef {import("../providers/mailroom.ts").ChaosView & { id: string, title: string }} Chaos */

/** Every provider's chaos; the panel shows that of the chosen one. @type {Chaos[]} */
let all = [];

/** Makes the switches work. They are drawn once: live updates must not touch what a person is typing. */
export function startChaos() {
  chosen()?.addEventListener("change", show);
  for (const input of inputs()) input.addEventListener("change", () => void change(input));
  find("#release").addEventListener("click", () => void tell("chaos", { burst: false }));
  find("#test-button").addEventListener("click", () => void tell("test-button", {}));
}

/** @param {Chaos[]} chaos */
export function drawChaos(chaos) {
  all = chaos;
  show();
}

function show() {
  const chaos = all.find(({ id }) => id === chosen()?.value) ?? all[0];
  if (chaos === undefined) return;
  find("#chaos-title").textContent = `Chaos at ${chaos.title}`;
  const summary = summarize(chaos);
  find("#chaos-summary").textContent = summary;
  find("#chaos-summary").title = summary;
  find("#chaos").classList.toggle("on", troubles(chaos).length > 0);
  for (const input of inputs()) showSwitch(input, chaos);
  find("#rotation").hidden = !chaos.rotate;
  find("#next-secret").textContent = chaos.secret;
  find("#release").hidden = !(chaos.burst && chaos.held > 0);
  find("#release").textContent = `Send the ${chaos.held} held back`;
}

/** @param {Chaos} chaos */
function summarize(chaos) {
  const here = troubles(chaos);
  const held = chaos.held > 0 ? [`${chaos.held} not sent yet`] : [];
  const elsewhere = all
    .filter((other) => other !== chaos && troubles(other).length > 0)
    .map(({ title }) => title);
  const said = [...(here.length > 0 ? here : ["none"]), ...held].join(", ");
  return elsewhere.length > 0 ? `${said} · also at ${elsewhere.join(", ")}` : said;
}

/** @param {Chaos} chaos */
function troubles({ duplicate, reorder, retry, burst, rotate, delay, drop }) {
  return [
    duplicate && "twice",
    reorder && "out of order",
    retry && "repeated",
    burst && "held back",
    rotate && "next secret",
    delay > 0 && `${delay} s late`,
    drop > 0 && (drop === 1 ? "all lost" : `1 in ${drop} lost`),
  ].filter((trouble) => trouble !== false);
}

/** @param {HTMLInputElement} input @param {Chaos} chaos */
function showSwitch(input, chaos) {
  const value = Object.entries(chaos).find(([name]) => name === input.name)?.[1];
  if (input.type === "checkbox") input.checked = value === true;
  else if (input !== document.activeElement) input.value = String(value);
}

/** @param {HTMLInputElement} input */
async function change(input) {
  const value = input.type === "checkbox" ? input.checked : input.valueAsNumber || 0;
  const done = await tell("chaos", { [input.name]: value });
  if (!done) show();
}

/** @param {string} what @param {unknown} body */
function tell(what, body) {
  return post(`/providers/${chosen()?.value}/${what}`, body);
}

function chosen() {
  const select = find("#send select[name=provider]");
  return select instanceof HTMLSelectElement ? select : null;
}

function inputs() {
  return [...find("#chaos").querySelectorAll("input")];
}
