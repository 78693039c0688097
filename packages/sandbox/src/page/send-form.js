import { post } from "./api.js";
import { button, el, find, money } from "./dom.js";

/** @typedef {import("../crm-fake.ts").DealView} DealView */
/** @typedef {{ id: string, deals: DealView[] }} Board */

/** Who signs for the customer, one after the other. */
const customers = [
  "Ken Ito",
  "Lena Fischer",
  "Mateo Silva",
  "Priya Nair",
  "Samuel Boateng",
  "Noor Haddad",
];
const kinds = ["Order form", "Master services agreement", "Statement of work"];

/** Open deals of both CRMs in turn: what the next examples are about. @type {{ crm: string, deal: DealView }[]} */
let subjects = [];
let example = 0;

/** Makes the form work. It is drawn once: live updates must not touch what a person is typing. */
export function startForm() {
  find("#add-signer").addEventListener("click", () =>
    addSigner("", "").querySelector("input")?.focus(),
  );
  find("#send").addEventListener("submit", (event) => {
    event.preventDefault();
    void send();
  });
}

/** @param {{ id: string, title: string }[]} providers */
export function offerProviders(providers) {
  offer(
    "provider",
    providers.map(({ id, title }) => [id, title]),
  );
}

/** @param {Board[]} boards */
export function offerDeals(boards) {
  for (const { id, deals } of boards) {
    const options = deals.map((deal) => [
      deal.id,
      [deal.name, money(deal.amount, deal.currency)].filter(Boolean).join(", "),
    ]);
    offer(fieldOf(id), [["", "No link"], ...options]);
  }
  const first = subjects.length === 0;
  const open = boards.map(({ id, deals }) =>
    deals.filter(({ closed }) => !closed).map((deal) => ({ crm: id, deal })),
  );
  const longest = Math.max(0, ...open.map(({ length }) => length));
  subjects = Array.from({ length: longest }, (_, at) =>
    open.flatMap((list) => list[at] ?? []),
  ).flat();
  if (first) fillExample();
}

/** @param {string} crm */
function fieldOf(crm) {
  return crm === "hubspot" ? "hubspotDealId" : "salesforceOpportunityId";
}

/** Replaces a select's options only where they differ, and keeps what was chosen. @param {string} name @param {string[][]} options */
function offer(name, options) {
  const select = find(`#send select[name=${name}]`);
  if (!(select instanceof HTMLSelectElement)) return;
  const offered = JSON.stringify(options);
  if (select.dataset.offered === offered) return;
  const kept = select.value;
  select.dataset.offered = offered;
  select.replaceChildren(...options.map(([value, label]) => el("option", { value }, label)));
  select.value = kept || (options[0]?.[0] ?? "");
}

function fillExample() {
  const subject = subjects[example % Math.max(1, subjects.length)];
  const customer = customers[example % customers.length] ?? "";
  if (subject === undefined) return;
  const [company = "", about = ""] = subject.deal.name.split(": ");
  set("title", [kinds[example % kinds.length], about, company].filter(Boolean).join(", "));
  for (const crm of ["hubspot", "salesforce"])
    set(fieldOf(crm), crm === subject.crm ? subject.deal.id : "");
  find("#signers").replaceChildren();
  addSigner("Dana Reyes", "dana.reyes@northgate.example");
  addSigner(customer, addressOf(customer, company));
  example += 1;
}

/** @param {string} person @param {string} company */
function addressOf(person, company) {
  const local = person.toLowerCase().replaceAll(" ", ".");
  return `${local}@${company.toLowerCase().replaceAll(/[^a-z0-9]/g, "") || "customer"}.example`;
}

/** @param {string} name @param {string} value */
function set(name, value) {
  const field = find(`#send [name=${name}]`);
  if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
}

/** @param {string} name @param {string} email */
function addSigner(name, email) {
  const row = el(
    "div",
    { class: "signer-row" },
    el("input", {
      name: "name",
      "aria-label": "Signer’s name",
      placeholder: "Name",
      value: name,
      required: true,
      maxlength: 100,
    }),
    el("input", {
      name: "email",
      type: "email",
      "aria-label": "Signer’s e-mail",
      placeholder: "E-mail",
      value: email,
      required: true,
      maxlength: 200,
    }),
    button("×", { class: "quiet remove", "aria-label": "Remove this signer" }, () => {
      if (find("#signers").children.length > 1) row.remove();
    }),
  );
  find("#signers").append(row);
  return row;
}

async function send() {
  const form = find("#send");
  if (!(form instanceof HTMLFormElement)) return;
  const data = new FormData(form);
  const text = (/** @type {string} */ name) =>
    data.getAll(name).filter((value) => typeof value === "string");
  const emails = text("email");
  const sent = await post(`/providers/${text("provider").join("")}/contracts`, {
    title: text("title").join(""),
    signers: text("name").map((name, at) => ({ name, email: emails[at] })),
    ...optional("hubspotDealId", data.get("hubspotDealId")),
    ...optional("salesforceOpportunityId", data.get("salesforceOpportunityId")),
  });
  if (sent) fillExample();
}

/** @param {string} name @param {FormDataEntryValue | null} value */
function optional(name, value) {
  return value ? { [name]: value } : {};
}
