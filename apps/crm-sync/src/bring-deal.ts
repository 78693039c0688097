import {
  Outdated,
  PermanentError,
  recordSkip,
  type AtRecord,
  type Store,
  type StoredContract,
} from "@countersign/store";
import type { Crm, Deal } from "./crms/crm.ts";
import { dealUpdate, effectKey, type About } from "./deal-update.ts";
import { nothingWritten, type LeftCode } from "./plan-change.ts";
import type { Left } from "./plan-field.ts";
import { planFor } from "./plan-for.ts";
import { recordFailure } from "./record-failure.ts";
import { settleSuperseded } from "./settle-doubts.ts";
import { showDeal } from "./show-deal.ts";
import type { Speaker } from "./speaker.ts";
import { hasTried, write, writeKey } from "./write.ts";

/** A deal that has been read, and the contract that speaks for it. */
export type Bringing = {
  store: Store;
  crm: Crm;
  about: About;
  speaker: Speaker;
  deal: Deal;
  /** What is still planned for the contract, and what was done to the deal. */
  ledger: Pick<AtRecord, "planned" | "done">;
  /** All contracts of the deal, as they were read: they show it, and who speaks for it was chosen of them. */
  contracts: readonly StoredContract[];
};

/**
 * Plans and writes what the deal, its account and its contact lack, writes down what is left as it is, and
 * keeps what people want to see of the deal. False where somebody changed a record between our reading and
 * our writing.
 */
export async function bringDeal(bringing: Bringing): Promise<boolean> {
  const { store, crm, about, speaker, deal, ledger, contracts } = bringing;
  const contractIds = contracts.map(({ contract }) => contract.id);
  const restsOn = {
    contracts: contracts.map(({ contract, version }) => ({ contractId: contract.id, version })),
    linkedTo: about.recordId,
  };
  const done = deal.recordId === about.recordId ? ledger.done : null;
  const { plan, known, told } = await planFor(store, crm, speaker, deal, done);
  let written = nothingWritten;
  const failures: unknown[] = [];
  const due = plan.writes.map((planned) => {
    const since = known.get(planned.target.recordId)?.last ?? null;
    return { ...planned, since };
  });
  for (const one of due) {
    try {
      const end = await write(store, crm, about, deal, { ...one, told, restsOn });
      if (end === "changed-meanwhile") return false;
      if (one.target.on === "deal") written = one.values;
    } catch (error) {
      if (error instanceof Outdated) throw error;
      failures.push(error);
    }
  }
  // What is due still, and was refused just now, is planned on.
  const keys = due.map((one) => writeKey(crm, about, one));
  const others = ledger.planned.filter((effect) => !keys.some((key) => hasTried(effect, key)));
  await settleSuperseded(store, others);
  await showDeal(store, crm, deal, written, contractIds);
  failures.push(...(await recordLeft(bringing, plan.left)));
  if (failures.length > 0) throw worst(failures);
  return true;
}

/** What may pass is tried again; only where nothing else failed is it given up. */
function worst(failures: unknown[]): unknown {
  return failures.find((failure) => !(failure instanceof PermanentError)) ?? failures[0];
}

/** A person may have had reasons: that is only written down. A stage that does not exist is a fault. */
async function recordLeft(
  { store, crm, about }: Bringing,
  left: readonly Left<LeftCode>[],
): Promise<PermanentError[]> {
  const { contractId, recordId } = about;
  const faults: PermanentError[] = [];
  for (const why of left) {
    if (why.code === "unknown-stage") {
      const error = new PermanentError(why.code, why.message);
      await recordFailure(store, crm, about, error);
      faults.push(error);
    } else {
      const key = effectKey(crm, contractId, why.code, { message: why.message, recordId });
      await recordSkip(store, { ...dealUpdate(crm, contractId, recordId), key }, why);
    }
  }
  return faults;
}
