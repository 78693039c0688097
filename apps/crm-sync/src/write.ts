import {
  claimEffect,
  CredentialError,
  PermanentError,
  releaseEffect,
  RetryLater,
  settleEffect,
  type Effect,
  type Store,
} from "@countersign/store";
import type { Crm, Deal } from "./crms/crm.ts";
import { dealUpdate, effectKey, type About } from "./deal-update.ts";
import type { Plan } from "./plan-change.ts";

type Write = Extract<Plan, { kind: "write" }>;

/** Writes the planned values to the deal, at most once, with the ledger before and after. */
export async function write(
  store: Store,
  crm: Crm,
  { contractId, version, recordId }: About,
  deal: Deal,
  { values, replaced }: Write,
): Promise<"written" | "changed-meanwhile"> {
  const claim = await claimEffect(store, {
    ...dealUpdate(crm, contractId, recordId, values),
    key: effectKey(crm, contractId, `v${version}`, { recordId, ...values }),
    before: replaced,
  });
  if (claim.may === "leave") return "written";
  if (claim.may === "ask") throw new Error("A write was begun and not settled: look again.");
  const end = await call(store, crm, claim.effect, deal, values);
  if (end === "changed-meanwhile") {
    await releaseEffect(store, claim.effect.id);
    return end;
  }
  const done = { status: "done", outsideId: recordId, before: replaced, after: values } as const;
  await settleEffect(store, claim.effect.id, done);
  return end;
}

/** After a failure that is not one of these three nobody knows whether the deal was written: the claim stays. */
async function call(
  store: Store,
  crm: Crm,
  effect: Effect,
  deal: Deal,
  values: Write["values"],
): Promise<"written" | "changed-meanwhile"> {
  try {
    return await crm.writeDeal(deal, values);
  } catch (error) {
    if (error instanceof RetryLater || error instanceof CredentialError) {
      await releaseEffect(store, effect.id);
    }
    if (error instanceof PermanentError) {
      const { code, message } = error;
      await settleEffect(store, effect.id, { status: "failed", code, message });
    }
    throw error;
  }
}
