import type { Reader } from "./database.ts";
import { toEffect, type Effect, type EffectRow } from "./effect.ts";
import { gatherOn } from "./gather-on.ts";
import { texts } from "./statement.ts";

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
            and effects.target = asked.target and status = 'done' and called_at is not null
          order by called_at desc, id desc limit asked.most) as done
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
      and status = 'done' and called_at >= $4 and kind = any($3::text[])`,
    values: [destination, target, kinds, since],
  });
  return rows[0]?.count ?? 0;
}
