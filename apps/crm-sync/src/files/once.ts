import { digestOf, type Json } from "@countersign/core";
import {
  claimEffect,
  CredentialError,
  holdClaim,
  PermanentError,
  releaseEffect,
  RetryLater,
  secondsUnderWay,
  settleEffect,
  type Effect,
  type EffectPlan,
  type HeldClaim,
  type Store,
} from "@countersign/store";
import type { z } from "zod";

/** A record's id, and what it was called before it was merged with others: what hung on these hangs on it. */
export type Called = { recordId: string; formerIds: readonly string[] };

/** Something that is to hang on a record once and for ever. */
export type Hanging<Plan extends Json> = Called & {
  destination: string;
  contractId: string;
  kind: "file.attach" | "note.add";
  /** Names it among all that a contract hangs on a record. */
  name: string;
  plan: z.ZodType<Plan>;
};

/** How it gets there. */
export type Act<Plan, Ready> = {
  plan(): Plan;
  /** The CRM's id of what an earlier attempt may have made, or null. */
  find(plan: Plan): Promise<string | null>;
  /** Everything that can be done without a change to the CRM. */
  ready(): Promise<Ready>;
  /** `again`: an earlier attempt may have got half way. `held`: its calls are made for as long as that. */
  make(plan: Plan, ready: Ready, again: boolean, held: HeldClaim): Promise<Made>;
};

/** The CRM's id, and what the ledger keeps of it. */
type Made = { outsideId: string; after: Json };

/** Longer than a claim that is not renewed gives the right to call, and then a CRM works on a call that nobody waits for. */
const doubtSeconds = 60;

/**
 * Makes it where it has not been made: at most one is on the record, whatever dies when. What was planned
 * first is what is made and looked for, since a name that is made anew could be another. After a failure
 * that nobody knows the end of, the CRM is asked, and not before a late call of ours must have arrived.
 * What failed for good is tried anew at the next look. `effects`: those of the contract and destination.
 */
export async function once<Plan extends Json, Ready>(
  store: Store,
  hanging: Hanging<Plan>,
  effects: readonly Effect[],
  act: Act<Plan, Ready>,
): Promise<void> {
  const attempts = attemptsOf(hanging, effects);
  const last = attempts.at(-1);
  if (attempts.some(isSettled)) return;
  const again = last !== undefined;
  const plan = again ? hanging.plan.parse(last.plan) : act.plan();
  if (last?.status === "planned" && last.calledAt !== null) {
    if (await isFound(store, last, () => act.find(plan))) return;
  }
  const planned = nextAttempt(hanging, plan, attempts);
  let ready: Ready;
  try {
    ready = await act.ready();
  } catch (error) {
    if (error instanceof PermanentError) await call(store, planned, () => Promise.reject(error));
    throw error;
  }
  await call(store, planned, (held) => act.make(plan, ready, again, held));
}

/** Whether it has been made, or is to be made in some way. */
export function isHung(hanging: Omit<Hanging<Json>, "plan">, effects: readonly Effect[]): boolean {
  return attemptsOf(hanging, effects).some(isSettled);
}

function isSettled({ status }: Effect): boolean {
  return status === "done" || status === "skipped";
}

function attemptsOf(hanging: Omit<Hanging<Json>, "plan">, effects: readonly Effect[]): Effect[] {
  const ids = [hanging.recordId, ...hanging.formerIds];
  const keys = ids.map((recordId) => keyOf({ ...hanging, recordId }));
  // `tryAgain` puts `/failed-` behind the key of what it sets aside: some of that may be there all the same.
  const isOurs = (given: string) =>
    keys.some((key) => given === key || given.startsWith(`${key}/`));
  return effects.filter((effect) => isOurs(effect.key));
}

export function keyOf(hanging: Omit<Hanging<Json>, "plan" | "formerIds">): string {
  const { destination, contractId, recordId, kind, name } = hanging;
  return `${destination}/${contractId}/${kind}/${digestOf([recordId, name])}`;
}

/** True where the doubtful attempt turns out to have been made; false where it certainly was not. */
async function isFound(
  store: Store,
  doubtful: Effect,
  find: () => Promise<string | null>,
): Promise<boolean> {
  const left = secondsUnderWay(doubtful, store.now(), doubtSeconds * 1_000);
  if (left > 0) throw new RetryLater(left);
  const outsideId = await find();
  if (outsideId === null) await releaseEffect(store, doubtful);
  else await settleEffect(store, doubtful.id, { status: "done", outsideId, after: doubtful.plan });
  return outsideId !== null;
}

/**
 * What is planned is called by its key, also where the record has another id since. What failed for good keeps its place
 * in the ledger; the attempt after it has a key of its own.
 */
function nextAttempt<Plan extends Json>(
  hanging: Hanging<Plan>,
  plan: Plan,
  attempts: Effect[],
): EffectPlan {
  const { destination, contractId, recordId, kind } = hanging;
  const failed = attempts.filter(({ status }) => status === "failed").length;
  const next = failed === 0 ? keyOf(hanging) : `${keyOf(hanging)}/again-${failed}`;
  const planned = attempts.findLast(({ status }) => status === "planned");
  const key = planned?.key ?? next;
  return { key, destination, contractId, target: recordId, kind, plan };
}

async function call(
  store: Store,
  planned: EffectPlan,
  make: (held: HeldClaim) => Promise<Made>,
): Promise<void> {
  const claim = await claimEffect(store, planned);
  if (claim.may === "leave") return;
  // Somebody else began it since the effects were read.
  if (claim.may === "ask") throw new RetryLater(doubtSeconds);
  const { id } = claim.effect;
  const held = holdClaim(store, claim);
  try {
    const made = await make(held);
    await settleEffect(store, id, { status: "done", ...made });
  } catch (error) {
    const claimed = await held.end();
    if (error instanceof RetryLater || error instanceof CredentialError) {
      await releaseEffect(store, claimed);
    }
    if (error instanceof PermanentError) {
      const { code, message } = error;
      await settleEffect(store, id, { status: "failed", code, message });
    }
    throw error;
  } finally {
    await held.end();
  }
}
