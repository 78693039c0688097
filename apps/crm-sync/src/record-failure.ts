import { claimEffect, settleEffect, type PermanentError, type Store } from "@countersign/store";
import type { Crm } from "./crms/crm.ts";
import { dealUpdate, effectKey, type About } from "./deal-update.ts";

/** Writes into the ledger what failed before anything could be written to the deal. */
export async function recordFailure(
  store: Store,
  crm: Crm,
  { contractId, version, recordId }: About,
  { code, message }: PermanentError,
): Promise<void> {
  const key = effectKey(crm, contractId, `v${version}`, { code, message, recordId });
  const { effect } = await claimEffect(store, { ...dealUpdate(crm, contractId, recordId), key });
  await settleEffect(store, effect.id, { status: "failed", code, message });
}
