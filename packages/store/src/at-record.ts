import { byTime, type Contract, type ContractEvent } from "@countersign/core";
import type { StoredContract } from "./contracts.ts";
import type { Reader } from "./database.ts";
import { toEffect, type Effect, type EffectRow } from "./effect.ts";
import { toContractEvent, type EventRow } from "./events.ts";
import { gatherOn } from "./gather-on.ts";
import { texts } from "./statement.ts";

/** All that is known of a contract and of the record that it is linked to. */
export type AtRecord = {
  /** The other contracts that are linked to the record, each as it is now, in the order of their ids. */
  others: StoredContract[];
  /** The contract's, in the order of their happening. */
  events: ContractEvent[];
  /** The contract's at this destination that are planned and not settled, oldest first. */
  planned: Effect[];
  /** The last 500 that were done to the record, by each of its ids, oldest first, whichever contract they were for. */
  done: Effect[];
};

export type AskedAtRecord = {
  destination: string;
  contractId: string;
  recordId: string;
  /** What the record was called before it was merged with others. */
  formerIds?: readonly string[];
};

/** Reads it in one statement: each by itself cost more to send and to answer than to look up. */
export function readAtRecord(reader: Reader, asked: AskedAtRecord): Promise<AtRecord> {
  return readTogether(reader.database, asked);
}

const readTogether = gatherOn(async (database, asked: AskedAtRecord[]): Promise<AtRecord[]> => {
  const formers = asked.flatMap(({ formerIds = [] }, index) =>
    formerIds.map((recordId) => ({ n: index + 1, recordId })),
  );
  const { rows } = await database.query<Row>({
    name: "read at records",
    text: readText,
    values: [
      asked.map(({ destination }) => destination),
      asked.map(({ contractId }) => contractId),
      asked.map(({ recordId }) => recordId),
      formers.map(({ n }) => n),
      formers.map(({ recordId }) => recordId),
    ],
  });
  const rowsOf = Map.groupBy(rows, ({ n }) => Number(n));
  return asked.map((_one, index) => toAtRecord(rowsOf.get(index + 1) ?? []));
});

/**
 * A destination has most effects of all: written so that no index is asked for them, which PostgreSQL would
 * do beside the index of contracts.
 */
export const readText = `
  with asked as (
    select * from unnest(${texts("$1")}, ${texts("$2")}, ${texts("$3")}) with ordinality
      as asked (destination, contract_id, record_id, n))
  select n, 'other' as part,
    json_build_object('state', state, 'version', version, 'changed_at', changed_at) as row
  from asked join links using (destination, record_id)
    join contracts on contracts.id = links.contract_id
  where not links.removed and contracts.version > 0 and contracts.id <> asked.contract_id
  union all
  select n, 'event', row_to_json(events) from asked join events using (contract_id)
  union all
  select n, 'planned', row_to_json(effects)
  from asked join effects on effects.contract_id = asked.contract_id
    and effects.destination || '' = asked.destination and effects.status || '' = 'planned'
  union all
  select n, 'done', row_to_json(done) from asked cross join lateral (
    select * from effects where effects.destination = asked.destination
      and effects.target = asked.record_id and status = 'done' and called_at is not null
    order by called_at desc, id desc limit 500) as done
  union all
  select n, 'done', row_to_json(done)
  from unnest($4::bigint[], ${texts("$5")}) as former (n, record_id) join asked using (n)
    cross join lateral (
      select * from effects where effects.destination = asked.destination
        and effects.target = former.record_id and status = 'done' and called_at is not null
      order by called_at desc, id desc limit 500) as done`;

/** In JSON a time is a text and an id a number. */
type EventInJson = Omit<EventRow, "occurred_at" | "observed_at"> & {
  occurred_at: string;
  observed_at: string;
};
type EffectInJson = Omit<EffectRow, "id" | "planned_at" | "called_at" | "settled_at"> & {
  id: number;
  planned_at: string;
  called_at: string | null;
  settled_at: string | null;
};

type Row = { n: string } & (
  | { part: "other"; row: { state: Contract; version: number; changed_at: string } }
  | { part: "event"; row: EventInJson }
  | { part: "planned" | "done"; row: EffectInJson }
);

function toAtRecord(rows: readonly Row[]): AtRecord {
  const at: AtRecord = { others: [], events: [], planned: [], done: [] };
  for (const found of rows) {
    if (found.part === "other") at.others.push(contractOf(found.row));
    else if (found.part === "event") at.events.push(eventOf(found.row));
    else at[found.part].push(effectOf(found.row));
  }
  return {
    others: at.others.toSorted((a, b) => (a.contract.id < b.contract.id ? -1 : 1)),
    events: at.events.toSorted(byTime),
    planned: at.planned.toSorted((a, b) => Number(a.id) - Number(b.id)),
    done: at.done.toSorted(
      (a, b) => Number(a.settledAt) - Number(b.settledAt) || Number(a.id) - Number(b.id),
    ),
  };
}

function contractOf({
  state,
  version,
  changed_at: changedAt,
}: Extract<Row, { part: "other" }>["row"]) {
  return { contract: state, version, changedAt: new Date(changedAt) };
}

function eventOf(row: EventInJson): ContractEvent {
  const [occurred, observed] = [new Date(row.occurred_at), new Date(row.observed_at)];
  return toContractEvent({ ...row, occurred_at: occurred, observed_at: observed });
}

function effectOf(row: EffectInJson): Effect {
  return toEffect({
    ...row,
    id: String(row.id),
    planned_at: new Date(row.planned_at),
    called_at: dateOrNull(row.called_at),
    settled_at: dateOrNull(row.settled_at),
  });
}

function dateOrNull(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
