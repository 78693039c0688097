import type { Json } from "@countersign/core";
import {
  claimEffect,
  CredentialError,
  noteDoubt,
  PermanentError,
  releaseEffect,
  RetryLater,
  settleEffect,
  type Claim,
  type Effect,
  type EffectPlan,
  type RestsOn,
  type Store,
} from "@countersign/store";
import { writtenWithin } from "./crms/calls.ts";
import type { Crm, Deal } from "./crms/crm.ts";
import { UnclearAnswer } from "./crms/unclear-answer.ts";
import { dealUpdate, effectKey, type About } from "./deal-update.ts";
import type { LedgerPlan } from "./ledger-plan.ts";
import type { PlannedWrite } from "./plan-change.ts";

/** What history tells of a write beside its values. */
export type Told = Pick<LedgerPlan, "mapping" | "event">;

export type WriteEnd = "written" | "changed-meanwhile";

/** What stands in the ledger of a write in doubt that the CRM is at work on no more. */
export const unclearCode = "unclear-answer";

/** A write, and the last one to its record before it. */
export type DueWrite = PlannedWrite & { since: string | null };

/** The same values may be due again after a person has changed them, so it names the write before it. */
export function writeKey(
  crm: Crm,
  { contractId, version }: Pick<About, "contractId" | "version">,
  { target, values, since }: DueWrite,
): string {
  const change: Json = { recordId: target.recordId, ...values, ...(since !== null && { since }) };
  return effectKey(crm, contractId, `v${version}`, change);
}

/** Whether the effect tried the write of that key: see `claimAnew`. */
export function hasTried({ key }: Pick<Effect, "key">, theWrites: string): boolean {
  return key === theWrites || key.startsWith(`${theWrites}/`);
}

/**
 * Writes what was planned to its record, at most once, with the ledger before and after. Throws Outdated where
 * `restsOn` has passed.
 */
export function write(
  store: Store,
  crm: Crm,
  about: Pick<About, "contractId" | "version">,
  deal: Deal,
  due: DueWrite & { told: Told; restsOn: RestsOn },
): Promise<WriteEnd> {
  const { target, values, replaced, because, told, restsOn } = due;
  const plan: Json = { ...values, dealId: deal.recordId, because, ...told };
  return writeOnce(store, crm, deal, due, {
    ...dealUpdate(crm, about.contractId, target.recordId, plan, target.on),
    key: writeKey(crm, about, due),
    before: replaced,
    restsOn,
  });
}

/** The same with an effect of one's own. */
export async function writeOnce(
  store: Store,
  crm: Crm,
  deal: Deal,
  { target, values, replaced }: Pick<PlannedWrite, "target" | "values" | "replaced">,
  plan: EffectPlan,
): Promise<WriteEnd> {
  const claim = await claimAnew(store, plan);
  if (claim.may === "leave") return "written";
  if (claim.may === "ask") throw new Error("A write was begun and not settled: look again.");
  const { effect, age } = claim;
  const isTimely = () => age() <= writtenWithin;
  const end = await call(store, effect, () => crm.writeDeal(deal, values, target, isTimely));
  if (end === "changed-meanwhile") {
    await releaseEffect(store, effect);
    return end;
  }
  const outsideId = target.recordId;
  const kept = { before: replaced, after: values };
  await settleEffect(store, effect.id, { status: "done", outsideId, ...kept });
  return end;
}

/**
 * Only what was done is not done again: what it was refused for may have been put right, and what was superseded may be
 * due once more.
 */
async function claimAnew(store: Store, plan: EffectPlan): Promise<Claim> {
  for (let attempt = 1; ; attempt += 1) {
    const key = attempt === 1 ? plan.key : `${plan.key}/${attempt}`;
    const claim = await claimEffect(store, { ...plan, key });
    if (claim.may !== "leave" || claim.effect.status === "done") return claim;
  }
}

/** After a failure that is not one of these three nobody knows whether the record was written: the claim stays. */
async function call(
  store: Store,
  effect: Effect,
  writing: () => Promise<WriteEnd>,
): Promise<WriteEnd> {
  try {
    return await writing();
  } catch (error) {
    if (error instanceof RetryLater || error instanceof CredentialError) {
      await releaseEffect(store, effect);
    }
    if (error instanceof UnclearAnswer) {
      await noteDoubt(store, effect, { code: unclearCode, message: error.message });
    }
    if (error instanceof PermanentError) {
      const { code, message } = error;
      await settleEffect(store, effect.id, { status: "failed", code, message });
    }
    throw error;
  }
}
