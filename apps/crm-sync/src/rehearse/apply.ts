import { digestOf, type Json } from "@countersign/core";
import {
  Outdated,
  PermanentError,
  readContract,
  readLinkedContracts,
  recordSkip,
  whileAlone,
  type EffectPlan,
  type Store,
} from "@countersign/store";
import type { Crm, Deal } from "../crms/crm.ts";
import { dealUpdate } from "../deal-update.ts";
import { findRecord } from "../find-record.ts";
import { holds, nothingWritten } from "../plan-change.ts";
import { areDoubtsSettled } from "../settle-doubts.ts";
import { showDeal } from "../show-deal.ts";
import { readLedger } from "../history/read-ledger.ts";
import { writeOnce } from "../write.ts";
import type { CrmRehearsal, Rehearsal, RehearsedWrite } from "./rehearsal.ts";

type Applied =
  | { is: "written" }
  /** It stands there already. */
  | { is: "there" }
  | { is: "refused"; code: "changed-since-rehearsal" | "refused" | "busy"; message: string };

/** Contracts that are worked on at the same time. */
const atOnce = 400;

type Ended = { write: RehearsedWrite; end: Applied };

/**
 * Performs a rehearsal's writes for one CRM, exactly those: where the contract or a value that would be
 * replaced has changed since, the record is refused and the ledger says so. Begun again after it was cut
 * off, it goes on where it was.
 */
export async function apply(
  store: Store,
  crm: Crm,
  { writes }: CrmRehearsal,
  { madeAt }: Pick<Rehearsal, "madeAt">,
): Promise<Ended[]> {
  const ends: Ended[] = [];
  const groups = [...Map.groupBy(writes, ({ contractId }) => contractId).entries()];
  for (let start = 0; start < groups.length; start += atOnce) {
    const some = groups.slice(start, start + atOnce);
    const ended = await Promise.all(
      some.map(async ([contractId, own]) => {
        const work = () => crm.together(() => applyTo(store, crm, contractId, own, madeAt));
        return (await whileAlone(store, crm.id, contractId, work)) ?? own.map(busy);
      }),
    );
    ends.push(...ended.flat());
  }
  return ends;
}

function busy(write: RehearsedWrite): Ended {
  const message = "Countersign is at work on this contract: apply again.";
  return { write, end: { is: "refused", code: "busy", message } };
}

async function applyTo(
  store: Store,
  crm: Crm,
  contractId: string,
  writes: readonly RehearsedWrite[],
  madeAt: string,
): Promise<Ended[]> {
  const ledger = await readLedger(store, { contractId });
  const own = ledger.filter(({ destination }) => destination === crm.id);
  if (!(await areDoubtsSettled(store, crm, own))) return writes.map(busy);
  const ends: Ended[] = [];
  for (const write of writes) ends.push({ write, end: await applyOne(store, crm, write, madeAt) });
  return ends;
}

async function applyOne(
  store: Store,
  crm: Crm,
  write: RehearsedWrite,
  madeAt: string,
): Promise<Applied> {
  const { contractId, dealId, target, values, replaced, because, mapping, event } = write;
  const plan: Json = { ...values, dealId, because, mapping, event };
  const change: Json = { target, values, replaced, madeAt };
  const effect: EffectPlan = {
    ...dealUpdate(crm, contractId, target.recordId, plan, target.on),
    key: `${crm.id}/${contractId}/apply/${digestOf(change)}`,
    before: replaced,
    restsOn: { contracts: [{ contractId, version: write.version }] },
  };
  try {
    const [deal, stored] = await Promise.all([
      crm.readDeal(dealId),
      readContract(store.database, contractId),
    ]);
    const record = deal && findRecord(deal, target);
    if (deal === null || record === null) return await refuse(store, effect, "The record is gone.");
    if (holds(deal, record, values)) return { is: "there" };
    if (stored?.version !== write.version) return await refuse(store, effect, contractChanged);
    if (!holds(deal, record, replaced)) {
      return await refuse(
        store,
        effect,
        "A value that would be replaced has changed since the rehearsal.",
      );
    }
    const end = await writeOnce(store, crm, deal, { target, values, replaced }, effect);
    if (end === "changed-meanwhile") {
      return await refuse(store, effect, "Somebody changed the record just now.");
    }
    await show(store, crm, deal, write);
    return { is: "written" };
  } catch (error) {
    if (error instanceof Outdated) return refuse(store, effect, contractChanged);
    if (!(error instanceof PermanentError)) throw error;
    return { is: "refused", code: "refused", message: error.message };
  }
}

const contractChanged = "The contract has changed since the rehearsal.";

async function show(store: Store, crm: Crm, deal: Deal, { target, values }: RehearsedWrite) {
  const linked = await readLinkedContracts(store, crm.id, deal.recordId);
  const written = target.on === "deal" ? values : nothingWritten;
  const contractIds = linked.map(({ contract }) => contract.id);
  await showDeal(store, crm, deal, written, contractIds);
}

async function refuse(store: Store, effect: EffectPlan, what: string): Promise<Applied> {
  const code = "changed-since-rehearsal";
  const message = `${what} It is left as it is: rehearse again.`;
  await recordSkip(store, { ...effect, key: `${effect.key}/refused` }, { code, message });
  return { is: "refused", code, message };
}
