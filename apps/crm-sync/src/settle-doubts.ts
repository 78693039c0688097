import {
  releaseEffect,
  RetryLater,
  secondsUnderWay,
  settleEffect,
  type Effect,
  type Store,
} from "@countersign/store";
import { callTimeout, writtenWithin } from "./crms/calls.ts";
import type { Crm, Deal } from "./crms/crm.ts";
import { recordKindOf, writesNothing } from "./deal-update.ts";
import { findRecord } from "./find-record.ts";
import { isCalled } from "./is-called.ts";
import { readPlan } from "./ledger-plan.ts";
import { holds } from "./plan-change.ts";
import { unclearCode } from "./write.ts";

/** Longer than a write may be under way after it was claimed. Milliseconds. */
const writeLasts = writtenWithin + callTimeout;

/**
 * Finds out, by reading back, how the writes ended whose answer never came: done where the record shows
 * them; else free to be planned again, when they cannot arrive any more: throws RetryLater until then. Says
 * whether there was any. `read` gives a deal by its id, where it is another than `deal`.
 */
export async function settleDoubts(
  store: Store,
  effects: Effect[],
  deal: Deal | null,
  read: (recordId: string) => Promise<Deal | null>,
): Promise<boolean> {
  const doubtful = effects.filter(
    (effect) => effect.status === "planned" && effect.calledAt !== null && !writesNothing(effect),
  );
  for (const effect of doubtful) {
    const on = recordKindOf(effect);
    const { stage, fields, dealId } = readPlan(effect);
    const placeId = on === "deal" ? effect.target : dealId;
    const isHere = placeId === null || (deal !== null && isCalled(deal, placeId));
    const place = isHere ? deal : await read(placeId);
    const after = { stage, fields };
    const isMerged = on === "deal" && place !== null && isCalled(place, effect.target);
    const record = isMerged ? place : place && findRecord(place, { on, recordId: effect.target });
    if (place !== null && record !== null && holds(place, record, after)) {
      await settleEffect(store, effect.id, { status: "done", outsideId: effect.target, after });
      continue;
    }
    const isOver = effect.code === unclearCode;
    const left = isOver ? 0 : secondsUnderWay(effect, store.now(), writeLasts);
    if (left > 0) throw new RetryLater(left);
    await releaseEffect(store, effect);
  }
  return doubtful.length > 0;
}

/**
 * The same for a person's task, which has read no deal yet. False where a write may still be under way: the task is to
 * be repeated later.
 */
export async function areDoubtsSettled(
  store: Store,
  crm: Crm,
  effects: Effect[],
): Promise<boolean> {
  try {
    await settleDoubts(store, effects, null, (recordId) => crm.readDeal(recordId));
    return true;
  } catch (error) {
    if (error instanceof RetryLater) return false;
    throw error;
  }
}

/** What stands in the ledger of a plan that was given up for another. It may be due once more. */
export const supersededCode = "superseded";

/** What was planned and not written, and is planned no more since contract or deal have moved on. */
export async function settleSuperseded(store: Store, effects: Effect[]): Promise<void> {
  const idle = effects.filter(({ status, calledAt }) => status === "planned" && calledAt === null);
  for (const { id } of idle) {
    await settleEffect(store, id, {
      status: "skipped",
      code: supersededCode,
      onlyUncalled: true,
      message:
        "The contract or the deal changed before this could be written; it was planned anew.",
    });
  }
}
