import type { Json } from "@countersign/core";
import { stopwatch } from "./clock.ts";
import type { Effect } from "./effect.ts";
import { gatherOn, leftBehind } from "./gather-on.ts";
import { Outdated } from "./queue/errors.ts";
import { readEffect } from "./read-effects.ts";
import type { Store } from "./store.ts";

export type EffectPlan = Pick<
  Effect,
  "key" | "destination" | "contractId" | "target" | "kind" | "plan"
> & {
  before?: Json;
  restsOn?: RestsOn;
};

/** What an effect was planned from. */
export type RestsOn = {
  /** Contracts, as they were read. */
  contracts?: readonly { contractId: string; version: number }[];
  /** The contracts were all that are linked to this record of the destination. */
  linkedTo?: string;
  /** The id of the contract's last effect that was read: none after it is of the same kind and target. */
  lastEffect?: string;
};

/** What a caller may do about a planned effect. */
export type Claim =
  /** Nobody has called: call now, then settle or release. `age`: for how many milliseconds it has been claimed. */
  | { may: "call"; effect: Effect; age: () => number }
  /** A call was begun at `effect.calledAt` and its end is unknown: ask the outside before calling again. */
  | { may: "ask"; effect: Effect }
  | { may: "leave"; effect: Effect };

/**
 * Milliseconds after which a claim gives no right to call any more. A process that stood still meanwhile (suspended, a
 * machine that was moved) may have lost its locks, and somebody else may already have asked the outside: whoever asks
 * waits for so long, and for as long as a call may take. Whoever hears of its claim later gives it back.
 */
export const claimLasts = 5_000;

/**
 * Writes the effect down and takes the right to call, at most once: whoever comes second, also after a
 * crash, is told to ask the outside first. Throws Outdated where it has taken too long, and where what
 * the plan rests on has passed: a contract has moved on, another was linked, or somebody else is at work there. Locks
 * do not keep that away, as they may be lost without the holder's knowing.
 */
export async function claimEffect(store: Store, plan: EffectPlan): Promise<Claim> {
  const age = stopwatch(store);
  const now = store.now();
  const claimed = await claimTogether(store.database, { plan, now });
  if (claimed !== null) {
    store.reach("planned");
    if (age() <= claimLasts) return { may: "call", effect: claimed, age };
    await releaseEffect(store, claimed);
    throw new Outdated();
  }
  const effect = await readEffect(store, plan.key);
  if (effect === null || isFree(effect)) throw new Outdated();
  return { may: effect.status === "planned" ? "ask" : "leave", effect };
}

/** Nobody holds it, so it was refused for what it rests on. */
function isFree({ status, calledAt }: Effect): boolean {
  return status === "planned" && calledAt === null;
}

/**
 * The claimed effect of each plan, null where somebody else has it, or where what it rests on has passed. Of equal
 * keys, the first one claims.
 */
const claimTogether = gatherOn(
  async (database, asked: { plan: EffectPlan; now: Date }[]): Promise<(Effect | null)[]> => {
    const firsts = new Map(asked.toReversed().map((one) => [one.plan.key, one]));
    const rows = [...firsts.values()].map(({ plan, now }) => ({
      key: plan.key,
      destination: plan.destination,
      contract_id: plan.contractId,
      target: plan.target,
      kind: plan.kind,
      plan: plan.plan,
      before: plan.before ?? null,
      rests_on: plan.restsOn?.contracts ?? [],
      linked_to: plan.restsOn?.linkedTo ?? null,
      last_effect: plan.restsOn?.lastEffect ?? null,
      now,
    }));
    const inserted = await database.query<ClaimedRow>({
      name: "claim effects",
      text: claimStatement,
      values: [JSON.stringify(rows)],
    });
    const claimed = new Map(inserted.rows.map((row) => [row.key, row]));
    return asked.map((one) => {
      const row = firsts.get(one.plan.key) === one ? claimed.get(one.plan.key) : undefined;
      return row === undefined ? null : claimedEffect(one, row);
    });
  },
);

/** A channel has very many effects, a contract few: written so that no index is asked for the channel's. */
export const claimStatement = `
  insert into effects (key, destination, contract_id, target, kind, status, plan, before, attempts,
    planned_at, called_at)
  select key, destination, contract_id, target, kind, 'planned', plan, coalesce(before, 'null'), 1, now, now
  from json_to_recordset($1::json) as row (key text, destination text, contract_id text, target text,
    kind text, plan jsonb, before jsonb, rests_on json, linked_to text,
    last_effect bigint, now timestamptz)
  where not exists (
      select from json_to_recordset(rests_on) as read ("contractId" text, version bigint)
      where (select contracts.version from contracts where contracts.id = read."contractId") > read.version)
    and not exists (
      select from links where links.destination = row.destination and links.record_id = linked_to
        and not links.removed
        and (select contracts.version from contracts where contracts.id = links.contract_id) > 0
        and links.contract_id not in (
          select read."contractId" from json_to_recordset(rests_on) as read ("contractId" text)))
    and not exists (
      select from effects as later where later.contract_id = row.contract_id and later.id > last_effect
        and later.destination || '' = row.destination and later.target || '' = row.target
        and later.kind = row.kind and later.key <> row.key)
  order by key
  on conflict (key) do update set called_at = excluded.called_at, attempts = effects.attempts + 1,
    plan = excluded.plan, before = excluded.before, code = null, message = null
  where effects.status = 'planned' and effects.called_at is null
  returning key, id, planned_at`;

/** What only the database knows of a claimed effect: it may have been planned before, and released. */
type ClaimedRow = { key: string; id: string; planned_at: Date };

function claimedEffect({ plan, now }: { plan: EffectPlan; now: Date }, row: ClaimedRow): Effect {
  const { restsOn: _restsOn, ...kept } = plan;
  return {
    ...kept,
    id: row.id,
    status: "planned",
    before: plan.before ?? null,
    after: null,
    outsideId: null,
    code: null,
    message: null,
    plannedAt: row.planned_at,
    calledAt: now,
    settledAt: null,
  };
}

/**
 * For how many seconds a call that was begun and not settled may still be under way, where that lasts `longest`
 * milliseconds at the most. The clock of whoever made it may have been ahead of ours.
 */
export function secondsUnderWay(
  { calledAt }: Pick<Effect, "calledAt">,
  now: Date,
  longest: number,
): number {
  const age = now.getTime() - Number(calledAt);
  return Math.max(0, Math.ceil(Math.min(longest, longest - age) / 1_000));
}

/**
 * The call certainly changed nothing (refused, or never sent): the next attempt may call straight away. A call that
 * somebody else has begun since stays theirs.
 */
export async function releaseEffect(
  store: Store,
  { id, calledAt }: Pick<Effect, "id" | "calledAt">,
): Promise<void> {
  await releaseTogether(store.database, { id, calledAt });
}

const releaseTogether = gatherOn(async (database, released: Pick<Effect, "id" | "calledAt">[]) => {
  await database.query({
    name: "release effects",
    text: `update effects set called_at = null
        from unnest($1::bigint[], $2::timestamptz[]) as released (id, called_at)
        where effects.id = any((select $1::bigint[])::bigint[]) and effects.id = released.id
          and effects.called_at = released.called_at and status = 'planned'`,
    values: [released.map(({ id }) => id), released.map(({ calledAt }) => calledAt)],
  });
  return released.map(() => undefined);
});

/** Writes down what is known of a call whose end is not: it stays planned, and whoever asks the outside reads it. */
export async function noteDoubt(
  store: Store,
  { id, calledAt }: Pick<Effect, "id" | "calledAt">,
  { code, message }: { code: string; message: string },
): Promise<void> {
  await store.database.query(
    `update effects set code = $3, message = $4
     where id = $1 and called_at = $2 and status = 'planned'`,
    [id, calledAt, code, message],
  );
}

export type Settlement =
  | { status: "done"; outsideId: string | null; before?: Json; after?: Json }
  | {
      status: "failed" | "skipped";
      code: string;
      message: string;
      /** Only where nobody has called, or is about to. */
      onlyUncalled?: boolean;
    };

/**
 * Writes down how a planned effect ended. A settled effect stays as it is. Nobody waits for the disk: if
 * PostgreSQL crashes and loses it, all that came after is lost too, and the next look asks the outside.
 */
export async function settleEffect(store: Store, id: string, end: Settlement): Promise<void> {
  store.reach("called");
  await settleTogether(store.bookkeeping, { id, end, now: store.now() });
  store.reach("settled");
}

const settleTogether = gatherOn(
  async (database, settled: { id: string; end: Settlement; now: Date }[]) => {
    const firsts = new Map(settled.toReversed().map((one) => [one.id, one]));
    const rows = [...firsts.values()].map(toEndRow);
    await database.query({
      name: "settle effects",
      text: settleStatement,
      values: [JSON.stringify(rows), [...firsts.keys()]],
    });
    return settled.map(() => undefined);
  },
  leftBehind,
);

/**
 * The ids are given twice: a plan that was made while the ledger was empty looks them up one by one, where
 * the rows alone made it read the whole ledger for each group.
 */
export const settleStatement = `
  update effects set status = row.status, outside_id = row.outside_id,
    before = coalesce(row.before, effects.before), after = coalesce(row.after, 'null'),
    code = row.code, message = row.message, settled_at = row.now
  from json_to_recordset($1::json) as row (id bigint, status text, outside_id text, before jsonb,
    after jsonb, code text, message text, "onlyUncalled" boolean, now timestamptz)
  where effects.id = any((select $2::bigint[])::bigint[]) and effects.id = row.id
    and effects.status = 'planned' and (effects.called_at is null or "onlyUncalled" is not true)`;

function toEndRow({ id, end, now }: { id: string; end: Settlement; now: Date }) {
  if (end.status !== "done") return { id, now, ...end };
  const { status, outsideId, before, after } = end;
  return { id, now, status, outside_id: outsideId, before, after };
}

/** Writes down, once per key, that a change was not made and why. */
export async function recordSkip(
  store: Store,
  plan: EffectPlan,
  { code, message }: { code: string; message: string },
): Promise<void> {
  await writeDown(store, plan, { status: "skipped", code, message });
}

/** Writes down, once per key, a change that failed before it could be tried. */
export async function recordFailed(
  store: Store,
  plan: EffectPlan,
  { code, message }: { code: string; message: string },
): Promise<void> {
  await writeDown(store, plan, { status: "failed", code, message });
}

type Uncalled = { status: "skipped" | "failed"; code: string; message: string };

async function writeDown(store: Store, plan: EffectPlan, end: Uncalled): Promise<void> {
  await writeDownTogether(store.database, { plan, end, now: store.now() });
}

const writeDownTogether = gatherOn(
  async (database, given: { plan: EffectPlan; end: Uncalled; now: Date }[]) => {
    const rows = given.map(({ plan, end, now }) => ({
      key: plan.key,
      destination: plan.destination,
      contract_id: plan.contractId,
      target: plan.target,
      kind: plan.kind,
      plan: plan.plan,
      now,
      ...end,
    }));
    await database.query({
      name: "write down effects",
      text: `insert into effects (key, destination, contract_id, target, kind, status, plan, code,
          message, planned_at, settled_at)
        select key, destination, contract_id, target, kind, status, plan, code, message, now, now
        from json_to_recordset($1::json) as row (key text, destination text, contract_id text,
          target text, kind text, status text, plan jsonb, code text, message text, now timestamptz)
        order by key on conflict (key) do nothing`,
      values: [JSON.stringify(rows)],
    });
    return given.map(() => undefined);
  },
);
