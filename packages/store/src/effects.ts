import type { Json } from "@countersign/core";
import type { Reader } from "./database.ts";
import type { Store } from "./store.ts";

/** One change outside, written down before it is made. */
export type Effect = {
  id: string;
  /** Names the change: planning the same key again finds this effect instead of making a second. */
  key: string;
  destination: string;
  contractId: string;
  /** The channel or record that it changes. */
  target: string;
  kind: string;
  status: "planned" | "done" | "failed" | "skipped";
  /** What it is to make of the target. */
  plan: Json;
  /** The values that it replaced, and those that it left. */
  before: Json;
  after: Json;
  /** What the outside calls the result: a message's ts, a record's id. */
  outsideId: string | null;
  code: string | null;
  message: string | null;
  plannedAt: Date;
  calledAt: Date | null;
  settledAt: Date | null;
};

export type EffectPlan = Pick<
  Effect,
  "key" | "destination" | "contractId" | "target" | "kind" | "plan"
> & { before?: Json };

/** What a caller may do about a planned effect. */
export type Claim =
  /** Nobody has called: call now, then settle or release. */
  | { may: "call"; effect: Effect }
  /** A call was begun at `effect.calledAt` and its end is unknown: ask the outside before calling again. */
  | { may: "ask"; effect: Effect }
  | { may: "leave"; effect: Effect };

/**
 * Writes the effect down and takes the right to call, at most once: whoever comes second, also after a
 * crash, is told to ask the outside first.
 */
export async function claimEffect(store: Store, plan: EffectPlan): Promise<Claim> {
  const inserted = await store.database.query<EffectRow>(
    `insert into effects (key, destination, contract_id, target, kind, status, plan, before, attempts,
       planned_at, called_at)
     values ($1, $2, $3, $4, $5, 'planned', $6, $7, 1, $8, $8)
     on conflict (key) do update set called_at = excluded.called_at, attempts = effects.attempts + 1,
       plan = excluded.plan, before = excluded.before
     where effects.status = 'planned' and effects.called_at is null
     returning *`,
    [
      plan.key,
      plan.destination,
      plan.contractId,
      plan.target,
      plan.kind,
      JSON.stringify(plan.plan),
      JSON.stringify(plan.before ?? null),
      store.now(),
    ],
  );
  if (inserted.rows[0]) return { may: "call", effect: toEffect(inserted.rows[0]) };
  const effect = await readEffect(store, plan.key);
  if (effect === null) throw new Error("An effect vanished between two statements.");
  return { may: effect.status === "planned" ? "ask" : "leave", effect };
}

/** The call certainly changed nothing (refused, or never sent): the next attempt may call straight away. */
export async function releaseEffect(store: Store, id: string): Promise<void> {
  await store.database.query(
    "update effects set called_at = null where id = $1 and status = 'planned'",
    [id],
  );
}

export type Settlement =
  | { status: "done"; outsideId: string | null; before?: Json; after?: Json }
  | { status: "failed" | "skipped"; code: string; message: string };

/** Writes down how a planned effect ended. A settled effect stays as it is. */
export async function settleEffect(store: Store, id: string, end: Settlement): Promise<void> {
  const done = end.status === "done";
  await store.database.query(
    `update effects set status = $2, outside_id = $3, before = coalesce($4, before), after = $5,
       code = $6, message = $7, settled_at = $8 where id = $1 and status = 'planned'`,
    [
      id,
      end.status,
      done ? end.outsideId : null,
      done && end.before !== undefined ? JSON.stringify(end.before) : null,
      done ? JSON.stringify(end.after ?? null) : null,
      done ? null : end.code,
      done ? null : end.message,
      store.now(),
    ],
  );
}

/** Writes down, once per key, that a change was not made and why. */
export async function recordSkip(
  store: Store,
  plan: EffectPlan,
  why: { code: string; message: string },
): Promise<void> {
  await store.database.query(
    `insert into effects (key, destination, contract_id, target, kind, status, plan, code, message,
       planned_at, settled_at)
     values ($1, $2, $3, $4, $5, 'skipped', $6, $7, $8, $9, $9) on conflict (key) do nothing`,
    [
      plan.key,
      plan.destination,
      plan.contractId,
      plan.target,
      plan.kind,
      JSON.stringify(plan.plan),
      why.code,
      why.message,
      store.now(),
    ],
  );
}

export async function readEffect(reader: Reader, key: string): Promise<Effect | null> {
  const { rows } = await reader.database.query<EffectRow>("select * from effects where key = $1", [
    key,
  ]);
  return rows[0] ? toEffect(rows[0]) : null;
}

/** The effects of a contract, of one destination or of all, oldest first. */
export async function readEffects(
  reader: Reader,
  contractId: string,
  destination?: string,
): Promise<Effect[]> {
  const { rows } = await reader.database.query<EffectRow>(
    `select * from effects where contract_id = $1 and ($2::text is null or destination = $2)
     order by id`,
    [contractId, destination ?? null],
  );
  return rows.map(toEffect);
}

type EffectRow = {
  id: string;
  key: string;
  destination: string;
  contract_id: string;
  target: string;
  kind: string;
  status: Effect["status"];
  plan: Json;
  before: Json;
  after: Json;
  outside_id: string | null;
  code: string | null;
  message: string | null;
  planned_at: Date;
  called_at: Date | null;
  settled_at: Date | null;
};

function toEffect(row: EffectRow): Effect {
  return {
    id: row.id,
    key: row.key,
    destination: row.destination,
    contractId: row.contract_id,
    target: row.target,
    kind: row.kind,
    status: row.status,
    plan: row.plan,
    before: row.before,
    after: row.after,
    outsideId: row.outside_id,
    code: row.code,
    message: row.message,
    plannedAt: row.planned_at,
    calledAt: row.called_at,
    settledAt: row.settled_at,
  };
}
