import { clip, type Json } from "@countersign/core";
import {
  PermanentError,
  readDone,
  readLinkedContracts,
  whileAlone,
  type Effect,
  type Store,
} from "@countersign/store";
import type { Crm, Deal } from "../crms/crm.ts";
import { dealUpdate, recordKindOf } from "../deal-update.ts";
import { findRecord } from "../find-record.ts";
import { readLedger, type Subject } from "../history/read-ledger.ts";
import { readPlan } from "../ledger-plan.ts";
import { nothingWritten, replacedBy } from "../plan-change.ts";
import { areDoubtsSettled } from "../settle-doubts.ts";
import { showDeal } from "../show-deal.ts";
import { writeOnce } from "../write.ts";
import { planUndo, type NotRestored, type Restore, type UndoPlan } from "./plan-undo.ts";

/** What is undone: all that was written for a contract, or to a record; since a time, where one is given. */
export type Selection = Subject & { since?: Date | undefined };

export type Undone = { restored: Restore[]; left: NotRestoredNow[] };
export type NotRestoredNow =
  | NotRestored
  | (Omit<NotRestored, "code"> & { code: "changed-meanwhile" | "refused" | "busy" });

/** What an undo would put back now, and what it would leave. Writes nothing. */
export async function previewUndo(
  store: Store,
  crm: Crm,
  selection: Selection,
): Promise<UndoPlan & { deals: Deal[] }> {
  const selected = await readSelected(store, crm, selection);
  const targets = [...new Set(selected.map(({ target }) => target))];
  const [done, deals] = await Promise.all([
    Promise.all(targets.map((target) => readDone(store, crm.id, target))),
    readDeals(crm, selected),
  ]);
  const ids = new Set(selected.map(({ id }) => id));
  return { ...planUndo(done.flat(), ids, deals), deals };
}

/**
 * Puts back what the selection replaced, each value only where what we wrote still stands, through the ledger
 * like every write: an undo that is cut off and begun again puts nothing back twice. What was put back is not
 * written again until the contract says something else.
 */
export async function undo(store: Store, crm: Crm, selection: Selection): Promise<Undone> {
  const ledger = await readLedger(store, selection);
  const ours = ledger.filter(({ destination }) => destination === crm.id);
  const contractIds = [...new Set(ours.map(({ contractId }) => contractId ?? ""))];
  const work = () => crm.together(() => undoAlone(store, crm, selection, ours));
  const alone = contractIds.reduce<() => Promise<Undone | null>>(
    (inner, contractId) => () => whileAlone(store, crm.id, contractId, inner),
    work,
  );
  return (await alone()) ?? { restored: [], left: [busy] };
}

const busy: NotRestoredNow = {
  target: { on: "deal", recordId: "" },
  field: null,
  code: "busy",
  message: "Countersign is at work on one of the contracts: repeat the undo.",
};

async function undoAlone(
  store: Store,
  crm: Crm,
  selection: Selection,
  ours: Effect[],
): Promise<Undone> {
  if (!(await areDoubtsSettled(store, crm, ours))) return { restored: [], left: [busy] };
  const { restores, left, deals } = await previewUndo(store, crm, selection);
  const undone: Undone = { restored: [], left: [...left] };
  for (const restore of restores) {
    const failed = await putBack(store, crm, restore, deals);
    if (failed === null) undone.restored.push(restore);
    else undone.left.push(failed);
  }
  return undone;
}

async function readSelected(store: Store, crm: Crm, selection: Selection): Promise<Effect[]> {
  const ledger = await readLedger(store, selection);
  const { since } = selection;
  return ledger.filter(
    (effect) =>
      effect.destination === crm.id &&
      effect.status === "done" &&
      readPlan(effect).undoes === null &&
      (since === undefined || (effect.settledAt ?? effect.plannedAt) >= since),
  );
}

/** The deals that the effects were for. */
async function readDeals(crm: Crm, effects: readonly Effect[]): Promise<Deal[]> {
  const ids = new Set(
    effects.flatMap((effect) => {
      if (recordKindOf(effect) === "deal") return [effect.target];
      return readPlan(effect).dealId ?? [];
    }),
  );
  const deals = await Promise.all([...ids].map((id) => crm.together(() => crm.readDeal(id))));
  return deals.filter((deal) => deal !== null);
}

/** null where it was put back. */
async function putBack(
  store: Store,
  crm: Crm,
  { target, contractId, values, undoes, since }: Restore,
  deals: readonly Deal[],
): Promise<NotRestoredNow | null> {
  const deal = deals.find((one) => findRecord(one, target) !== null);
  const record = deal && findRecord(deal, target);
  if (deal === undefined || record == null)
    throw new Error("A record was planned without its deal.");
  const plan: Json = { ...values, undoes, dealId: deal.recordId };
  const effect = {
    ...dealUpdate(crm, contractId, target.recordId, plan, target.on),
    key: `${crm.id}/${target.recordId}/undo/${since ?? ""}`,
    before: replacedBy(deal, record, values),
  };
  try {
    const end = await writeOnce(
      store,
      crm,
      deal,
      { target, values, replaced: effect.before },
      effect,
    );
    if (end === "changed-meanwhile") {
      const message =
        "Somebody changed the record just now: it is left. Look again, and repeat the undo.";
      return { target, field: null, code: end, message };
    }
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    return { target, field: null, code: "refused", message: clip(error.message, 500) };
  }
  const linked = await readLinkedContracts(store, crm.id, deal.recordId);
  const written = target.on === "deal" ? values : nothingWritten;
  await showDeal(
    store,
    crm,
    deal,
    written,
    linked.map(({ contract }) => contract.id),
  );
  return null;
}
