import type { Json } from "@countersign/core";
import type { Reader } from "./database.ts";
import { gatherOn } from "./gather-on.ts";
import { texts } from "./statement.ts";
import type { Store } from "./store.ts";

/** One change outside, written down before it is made. */
export type Effect = {
  id: string;
  /** Names the change: planning the same key again finds this effect instead of making a second. */
  key: string;
  destination: string;
  /** Null where it is about no single contract. */
  contractId: string | null;
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
  const claimed = await claimTogether(store.database, { plan, now: store.now() });
  if (claimed !== null) {
    store.reach("planned");
    return { may: "call", effect: claimed };
  }
  const effect = await readEffect(store, plan.key);
  if (effect === null) throw new Error("An effect vanished between two statements.");
  return { may: effect.status === "planned" ? "ask" : "leave", effect };
}

/** The claimed effect of each plan, null where somebody else has it. Of equal keys, the first one claims. */
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
      now,
    }));
    const inserted = await database.query<EffectRow>({
      name: "claim effects",
      text: claimStatement,
      values: [JSON.stringify(rows)],
    });
    const claimed = new Map(inserted.rows.map((row) => [row.key, toEffect(row)]));
    return asked.map((one) =>
      firsts.get(one.plan.key) === one ? (claimed.get(one.plan.key) ?? null) : null,
    );
  },
);

const claimStatement = `
  insert into effects (key, destination, contract_id, target, kind, status, plan, before, attempts,
    planned_at, called_at)
  select key, destination, contract_id, target, kind, 'planned', plan, coalesce(before, 'null'), 1, now, now
  from json_to_recordset($1::json) as row (key text, destination text, contract_id text, target text,
    kind text, plan jsonb, before jsonb, now timestamptz)
  order by key
  on conflict (key) do update set called_at = excluded.called_at, attempts = effects.attempts + 1,
    plan = excluded.plan, before = excluded.before
  where effects.status = 'planned' and effects.called_at is null
  returning *`;

/** The call certainly changed nothing (refused, or never sent): the next attempt may call straight away. */
export async function releaseEffect(store: Store, id: string): Promise<void> {
  await releaseTogether(store.database, id);
}

const releaseTogether = gatherOn(async (database, ids: string[]) => {
  await database.query({
    name: "release effects",
    text: `update effects set called_at = null
      where id = any($1::bigint[]) and status = 'planned'`,
    values: [ids],
  });
  return ids.map(() => undefined);
});

export type Settlement =
  | { status: "done"; outsideId: string | null; before?: Json; after?: Json }
  | { status: "failed" | "skipped"; code: string; message: string };

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
    await database.query({
      name: "settle effects",
      text: settleStatement,
      values: [JSON.stringify([...firsts.values()].map(toEndRow))],
    });
    return settled.map(() => undefined);
  },
);

const settleStatement = `
  update effects set status = row.status, outside_id = row.outside_id,
    before = coalesce(row.before, effects.before), after = coalesce(row.after, 'null'),
    code = row.code, message = row.message, settled_at = row.now
  from json_to_recordset($1::json) as row (id bigint, status text, outside_id text, before jsonb,
    after jsonb, code text, message text, now timestamptz)
  where effects.id = row.id and effects.status = 'planned'`;

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
  return readTogether(reader.database, { contractId, destination: destination ?? null });
}

const readTogether = gatherOn(
  async (database, asked: { contractId: string; destination: string | null }[]) => {
    const { rows } = await database.query<EffectRow & { n: string }>({
      name: "read effects",
      text: `select effects.*, n from effects
        join unnest(${texts("$1")}, ${texts("$2")}) with ordinality
            as asked (contract, destination, n)
          on effects.contract_id = asked.contract
          and (asked.destination is null or effects.destination = asked.destination)
        order by effects.id`,
      values: [asked.map((one) => one.contractId), asked.map((one) => one.destination)],
    });
    const effects = Map.groupBy(rows, ({ n }) => Number(n));
    return asked.map((_one, index) => (effects.get(index + 1) ?? []).map(toEffect));
  },
);

/** The last `limit` effects that were done to each target, oldest first, whichever contract they were for. */
export function readDone(
  reader: Reader,
  destination: string,
  target: string,
  limit = 500,
): Promise<Effect[]> {
  return readDoneTogether(reader.database, { destination, target, limit });
}

const readDoneTogether = gatherOn(
  async (database, asked: { destination: string; target: string; limit: number }[]) => {
    const { rows } = await database.query<EffectRow & { n: string }>({
      name: "read done effects",
      text: `select done.*, n
        from unnest($1::text[], $2::text[], $3::int[]) with ordinality
          as asked (destination, target, most, n)
        cross join lateral (
          select * from effects where effects.destination = asked.destination
            and effects.target = asked.target and status = 'done'
          order by settled_at desc, id desc limit asked.most) as done
        order by settled_at, id`,
      values: [
        asked.map((one) => one.destination),
        asked.map((one) => one.target),
        asked.map((one) => one.limit),
      ],
    });
    const effects = Map.groupBy(rows, ({ n }) => Number(n));
    return asked.map((_one, index) => (effects.get(index + 1) ?? []).map(toEffect));
  },
);

/** The last `limit` effects for a record of one of the destinations, oldest first, whatever came of them. */
export async function readRecordEffects(
  reader: Reader,
  destinations: readonly string[],
  target: string,
  limit: number,
): Promise<Effect[]> {
  const { rows } = await reader.database.query<EffectRow>({
    name: "read effects of a record",
    text: `select * from (
        select * from effects where destination = any($1::text[]) and target = $2
        order by id desc limit $3) as last
      order by id`,
    values: [destinations, target, limit],
  });
  return rows.map(toEffect);
}

/** Effects of this destination that are about no single contract and whose key begins so, oldest first. */
export async function readLooseEffects(
  reader: Reader,
  destination: string,
  keyStart: string,
): Promise<Effect[]> {
  const { rows } = await reader.database.query<EffectRow>(
    `select * from effects where destination = $1 and contract_id is null
       and starts_with(key, $2) order by id`,
    [destination, keyStart],
  );
  return rows.map(toEffect);
}

/** How many effects of these kinds were done to the target since then. */
export async function countDone(
  reader: Reader,
  {
    destination,
    target,
    kinds,
    since,
  }: { destination: string; target: string; kinds: readonly string[]; since: Date },
): Promise<number> {
  const { rows } = await reader.database.query<{ count: number }>({
    name: "count done",
    text: `select count(*)::int as count from effects where destination = $1 and target = $2
      and status = 'done' and settled_at >= $4 and kind = any($3::text[])`,
    values: [destination, target, kinds, since],
  });
  return rows[0]?.count ?? 0;
}

export type EffectRow = {
  id: string;
  key: string;
  destination: string;
  contract_id: string | null;
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

export function toEffect(row: EffectRow): Effect {
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
