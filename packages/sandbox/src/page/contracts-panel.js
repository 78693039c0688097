import { post } from "./api.js";
import { button, el, find } from "./dom.js";
import { drawList } from "./keyed-list.js";

/** @typedef {import("../providers/view.ts").ContractView} ContractView */
/** @typedef {import("../providers/view.ts").SignerView} SignerView */

/** @type {Record<string, string>} */
const verbs = {
  view: "View",
  sign: "Sign",
  decline: "Decline…",
  void: "Void",
  expire: "Let expire",
};

/** @param {ContractView[]} contracts newest first */
export function drawContracts(contracts) {
  if (contracts.length === 0) return;
  drawList(
    find("#contracts"),
    contracts,
    ({ id }) => id,
    (contract, previous) =>
      renderContract(contract, previous?.hasAttribute("open") ?? contract === contracts[0]),
  );
}

/** @param {ContractView} contract @param {boolean} open */
function renderContract(contract, open) {
  const { id, title, provider, status, signers, can } = contract;
  return el(
    "details",
    { class: "contract", open },
    el(
      "summary",
      { "data-focus": `${id}-summary` },
      el("span", { class: "contract-title" }, title),
      el("span", { class: "contract-meta" }, provider.title),
      el("span", { class: `chip ${status}` }, status.replace("_", " ")),
    ),
    el("ul", { class: "signer-list" }, ...signers.map((signer) => renderSigner(contract, signer))),
    el(
      "div",
      { class: "row" },
      ...can.map((kind) =>
        button(verbs[kind] ?? kind, { class: "small", "data-focus": `${id}-${kind}` }, () =>
          step(contract, { kind }),
        ),
      ),
      button("Send 5 duplicates", { class: "small quiet", "data-focus": `${id}-5` }, () =>
        again(contract, "duplicates"),
      ),
      button(
        "Everything again, shuffled",
        {
          class: "small quiet",
          title: "Send everything again in random order",
          "data-focus": `${id}-all`,
        },
        () => again(contract, "shuffled"),
      ),
    ),
  );
}

/** @param {ContractView} contract @param {SignerView} signer */
function renderSigner(contract, { email, name, status, can }) {
  const controls = can.map((kind) =>
    button(
      verbs[kind] ?? kind,
      {
        class: kind === "sign" ? "small accent" : "small",
        "aria-label": `${(verbs[kind] ?? kind).replace("…", "")} as ${name}`,
        "data-focus": `${contract.id}-${email}-${kind}`,
      },
      () =>
        kind === "decline"
          ? askReason(contract, email, name)
          : step(contract, { kind, signer: email }),
    ),
  );
  return el(
    "li",
    { class: `signer ${status}` },
    el("span", { class: "signer-name", title: email }, name),
    el("span", { class: "signer-status" }, status),
    el("span", { class: "signer-controls" }, ...controls),
  );
}

/** @param {ContractView} contract @param {Record<string, string>} what */
function step({ id, provider }, what) {
  void post(`/providers/${provider.id}/contracts/${id}/steps`, what);
}

/** @param {ContractView} contract @param {string} how */
function again({ id, provider }, how) {
  void post(`/providers/${provider.id}/contracts/${id}/repeats`, { how });
}

/** @param {ContractView} contract @param {string} signer @param {string} name */
function askReason(contract, signer, name) {
  const dialog = find("#decline");
  if (!(dialog instanceof HTMLDialogElement)) return;
  find("#decline-title").textContent = `Decline as ${name}`;
  const reason = dialog.querySelector("textarea");
  if (reason === null) return;
  reason.value = "The renewal price is not what we agreed.";
  dialog.returnValue = "";
  const close = () => {
    if (dialog.returnValue === "decline")
      step(contract, { kind: "decline", signer, reason: reason.value });
  };
  dialog.addEventListener("close", close, { once: true });
  dialog.showModal();
  reason.select();
}
