import { releaseEffect, settleEffect, type Effect, type Store } from "@countersign/store";
import type { Deal } from "./crms/crm.ts";
import { recordKindOf, writesNothing } from "./deal-update.ts";
import { findRecord } from "./find-record.ts";
import { readPlan } from "./ledger-plan.ts";
import { holds } from "./plan-change.ts";

/**
 * Finds out, by reading back, how the writes ended whose answer never came: done where the record shows
 * them; else free to be planned again. Says whether there was any. `read` gives a deal by its id, where it is
 * another than `deal`.
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
    const isElsewhere = placeId !== null && placeId !== deal?.recordId;
    const place = isElsewhere ? await read(placeId) : deal;
    const after = { stage, fields };
    const record = place && findRecord(place, { on, recordId: effect.target });
    if (place === null || record === null || !holds(place, record, after)) {
      await releaseEffect(store, effect);
    } else
      await settleEffect(store, effect.id, { status: "done", outsideId: effect.target, after });
  }
  return doubtful.length > 0;
}

/** What was planned and not written, and is planned no more since contract or deal have moved on. */
export async function settleSuperseded(store: Store, effects: Effect[]): Promise<void> {
  const idle = effects.filter(({ status, calledAt }) => status === "planned" && calledAt === null);
  for (const { id } of idle) {
    await settleEffect(store, id, {
      status: "skipped",
      code: "superseded",
      onlyUncalled: true,
      message:
        "The contract or the deal changed before this could be written; it was planned anew.",
    });
  }
}
