import { post } from "./api.js";
import { clock, el, find, money } from "./dom.js";
import { drawList } from "./keyed-list.js";
import { isSafeAddress } from "./mrkdwn.js";

/** @typedef {import("../crm-fake.ts").DealView} DealView */
/** @typedef {{ id: string, title: string, deals: DealView[] }} Board */

/** @param {Board[]} boards */
export function drawBoards(boards) {
  const parent = find("#boards");
  for (const board of boards) {
    const section =
      parent.querySelector(`#board-${board.id}`) ?? parent.appendChild(renderBoard(board));
    for (const stage of stagesOf(board)) {
      const column = section.querySelector(`[data-stage="${CSS.escape(stage.id)}"]`);
      const deals = board.deals.filter(({ stageId }) => stageId === stage.id);
      if (column instanceof HTMLElement) drawStage(column, board.id, deals);
    }
  }
}

/** Each stage once, a second pipeline's after the first's. @param {Board} board */
function stagesOf({ deals }) {
  const stages = deals.flatMap((deal) => deal.stages);
  return [...new Map(stages.map((stage) => [stage.id, stage])).values()];
}

/** @param {Board} board */
function renderBoard(board) {
  return el(
    "section",
    { class: "board", id: `board-${board.id}`, "aria-label": board.title, tabindex: "0" },
    el("h3", {}, board.title),
    ...stagesOf(board).map((stage) =>
      el(
        "div",
        { class: `stage${stage.won ? " won" : ""}${stage.closed && !stage.won ? " lost" : ""}` },
        el("h4", {}, ...breakable(stage.label)),
        el("div", { class: "stage-deals", "data-stage": stage.id }),
      ),
    ),
  );
}

/** `Negotiation/Review` may break behind its slash. @param {string} label */
function breakable(label) {
  return label.split(/(?<=\/)/).flatMap((part) => [part, el("wbr")]);
}

/** @param {HTMLElement} column @param {string} crm @param {DealView[]} deals */
function drawStage(column, crm, deals) {
  drawList(
    column,
    deals,
    ({ id }) => id,
    (deal) => renderDeal(crm, deal),
  );
  column.parentElement?.classList.toggle("vacant", deals.length === 0);
  column.querySelector(".changed, .arrived")?.scrollIntoView({ block: "nearest" });
}

/** @param {string} crm @param {DealView} deal */
function renderDeal(crm, deal) {
  const { id, name, amount, currency, contract, attached, updatedAt, owner } = deal;
  return el(
    "article",
    { class: "deal", "aria-label": name, title: `Record ${id}, changed ${clock(updatedAt)}` },
    el("b", {}, name),
    renderContractFields(contract),
    renderAttached(attached),
    el(
      "div",
      { class: "deal-foot" },
      el("span", {}, [money(amount, currency), owner].filter(Boolean).join(" · ")),
      renderStages(crm, deal),
    ),
  );
}

/** @param {DealView["contract"]} contract */
function renderContractFields({ status, signedDate, url }) {
  if (status === null && signedDate === null && url === null) return null;
  const rows = [
    [
      "Contract",
      status &&
        el(
          "span",
          { class: `chip ${status.toLowerCase().replace(/\W/g, "_")}` },
          status.replace("_", " "),
        ),
    ],
    ["Signed", signedDate],
    ["Document", url && renderAddress(url)],
  ];
  return el(
    "dl",
    {},
    ...rows
      .filter(([, value]) => value)
      .flatMap(([label, value]) => [el("dt", {}, label), el("dd", {}, value)]),
  );
}

/** The names of its files, and how many notes. @param {DealView["attached"]} attached */
function renderAttached({ files, notes }) {
  const rows = [
    ["Files", files.map(({ name }) => name).join(", ")],
    ["Notes", notes.length > 0 && String(notes.length)],
  ];
  const shown = rows.filter(([, value]) => value);
  if (shown.length === 0) return null;
  return el(
    "dl",
    { class: "attached" },
    ...shown.flatMap(([label, value]) => [el("dt", {}, label), el("dd", {}, value)]),
  );
}

/** @param {string} url */
function renderAddress(url) {
  const shown = url.replace(/^https?:\/\//, "");
  if (!isSafeAddress(url)) return shown;
  return el("a", { href: url, target: "_blank", rel: "noreferrer", title: url }, shown);
}

/** @param {string} crm @param {DealView} deal */
function renderStages(crm, deal) {
  const { id, stageId, stages, name } = deal;
  const select = el(
    "select",
    {
      "aria-label": `Move ${name} by hand to a stage`,
      title: "Move by hand",
      "data-focus": `${crm}-${id}`,
    },
    ...stages.map((stage) =>
      el("option", { value: stage.id, selected: stage.id === stageId }, stage.label),
    ),
  );
  select.addEventListener("change", () => void move(crm, deal, select));
  return select;
}

/** What the CRM refuses leaves the deal where it was. @param {string} crm @param {DealView} deal @param {HTMLElement} select */
async function move(crm, { id, stageId }, select) {
  if (!(select instanceof HTMLSelectElement)) return;
  const moved = await post(`/control/deals/${crm}/${id}`, { stageId: select.value });
  if (!moved) select.value = stageId;
}
