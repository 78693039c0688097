import type { Contract } from "@countersign/core";
import {
  PermanentError,
  readEffects,
  recordSkip,
  RetryLater,
  saveLink,
  type Effect,
  type Store,
  type StoredContract,
} from "@countersign/store";
import type { Crm, Deal } from "./crms/crm.ts";
import { dealUpdate, effectKey, movedTo, type About } from "./deal-update.ts";
import { findLink, type FoundLink } from "./link.ts";
import { planChange } from "./plan-change.ts";
import type { StageLeft } from "./plan-stage.ts";
import { recordFailure } from "./record-failure.ts";
import { settleDoubts, settleSuperseded } from "./settle-doubts.ts";
import { write } from "./write.ts";

/** How often a deal that people are changing right now is read and planned anew before it is left for a while. */
const readings = 3;
const busyDealSeconds = 2;

/**
 * Makes the contract's deal show the contract as it is now: link → read → plan → claim → write → settle.
 * Says whether the CRM was called.
 */
export async function sync(
  store: Store,
  crm: Crm,
  { contract, version }: StoredContract,
): Promise<"called" | "not-called"> {
  const link = findLink(contract, crm);
  if (link.kind === "none") {
    await recordNoLink(store, crm, contract.id, link);
    return "not-called";
  }
  const about = { contractId: contract.id, version, recordId: link.recordId };
  await crm.together(() => bring(store, crm, about, contract));
  return "called";
}

async function bring(store: Store, crm: Crm, about: About, contract: Contract): Promise<void> {
  const look = () => readDeal(store, crm, about, about.recordId);
  const recall = () => readEffects(store, contract.id, crm.id);
  let [deal, effects] = await Promise.all([look(), recall(), saveFoundLink(store, crm, about)]);
  const doubted = await settleDoubts(store, effects, async (recordId) =>
    recordId === about.recordId ? deal : readDeal(store, crm, about, recordId),
  );
  if (doubted) effects = await recall();
  for (let reading = 1; reading <= readings; reading += 1) {
    if (reading > 1) [deal, effects] = await Promise.all([look(), recall()]);
    if (deal === null) throw await noDeal(store, crm, about);
    if (await change(store, crm, about, contract, deal, effects)) return;
  }
  throw new RetryLater(busyDealSeconds);
}

/** False where somebody changed the deal between our reading and our writing. */
async function change(
  store: Store,
  crm: Crm,
  about: About,
  contract: Contract,
  deal: Deal,
  effects: Effect[],
): Promise<boolean> {
  const plan = planChange(contract, deal, crm.mapping, movedTo(effects, about.recordId));
  if (plan.kind === "write") {
    const end = await write(store, crm, about, deal, plan);
    if (end === "changed-meanwhile") return false;
  }
  await settleSuperseded(store, effects);
  if (plan.left !== null) await recordLeft(store, crm, about, plan.left);
  return true;
}

async function noDeal(store: Store, crm: Crm, about: About): Promise<PermanentError> {
  const error = new PermanentError(
    "deal-not-found",
    `There is no deal ${about.recordId}, or it was deleted. Correct "${crm.linkField}" at the e-signature provider, or restore the deal.`,
  );
  await recordFailure(store, crm, about, error);
  return error;
}

async function readDeal(
  store: Store,
  crm: Crm,
  about: About,
  recordId: string,
): Promise<Deal | null> {
  try {
    return await crm.readDeal(recordId);
  } catch (error) {
    if (error instanceof PermanentError) await recordFailure(store, crm, about, error);
    throw error;
  }
}

async function saveFoundLink(store: Store, crm: Crm, about: About): Promise<void> {
  const { contractId, recordId } = about;
  const found = { foundBy: "custom-field", certainty: 1, detail: crm.linkField } as const;
  await saveLink(store, { contractId, destination: crm.id, recordId, ...found });
}

async function recordNoLink(
  store: Store,
  crm: Crm,
  contractId: string,
  why: Extract<FoundLink, { kind: "none" }>,
): Promise<void> {
  const key =
    why.code === "no-link"
      ? `${crm.id}/${contractId}/no-link`
      : effectKey(crm, contractId, why.code, why.message);
  await recordSkip(store, { ...dealUpdate(crm, contractId, ""), key }, why);
}

/** A person may have had reasons: that is only written down. A stage that does not exist is a fault. */
async function recordLeft(store: Store, crm: Crm, about: About, left: StageLeft): Promise<void> {
  if (left.code === "unknown-stage") {
    const error = new PermanentError(left.code, left.message);
    await recordFailure(store, crm, about, error);
    throw error;
  }
  const { contractId, recordId } = about;
  const key = effectKey(crm, contractId, left.code, { message: left.message, recordId });
  await recordSkip(store, { ...dealUpdate(crm, contractId, recordId), key }, left);
}
