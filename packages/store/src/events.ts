import {
  byTime,
  type ContractDescription,
  type ContractEvent,
  type EventType,
  type Via,
} from "@countersign/core";
import { textArray } from "./arrays.ts";
import type { Connection, Database } from "./database.ts";
import { gatherOn } from "./gather-on.ts";
import { texts, type Statement } from "./statement.ts";

export type EventRow = {
  id: string;
  contract_id: string;
  type: EventType;
  recipient: string | null;
  occurrence: string;
  occurred_at: Date;
  observed_at: Date;
  via: Via;
  claimed: boolean;
  reason: string | null;
  note: string | null;
  description: ContractDescription | null;
};

/** The events of a contract, in the order of their happening. */
export const readEvents: (database: Database, contractId: string) => Promise<ContractEvent[]> =
  gatherOn(async (database, ids: string[]) => {
    const events = await readEventsIn(database, ids);
    return ids.map((id) => events.get(id) ?? []);
  });

/** The events of each of the contracts that has any, in the order of their happening. */
export async function readEventsIn(
  connection: Connection | Database,
  contractIds: readonly string[],
): Promise<Map<string, ContractEvent[]>> {
  if (contractIds.length === 0) return new Map();
  const { rows } = await connection.query<EventRow>({
    name: "read events",
    text: `select * from events where contract_id = any(${texts("$1")})`,
    values: [contractIds],
  });
  const events = rows.map(toContractEvent).toSorted(byTime);
  return Map.groupBy(events, ({ contractId }) => contractId);
}

/** Adds events, or brings what is known of them up to date, each with the delivery that first proved it. */
export function writeEvents(
  news: readonly { event: ContractEvent; deliveryId: string }[],
): Statement {
  const column = (of: (event: ContractEvent) => string | null) =>
    textArray(news.map(({ event }) => of(event)));
  return {
    text: writeText,
    values: [
      column(({ id }) => id),
      column(({ contractId }) => contractId),
      column(({ type }) => type),
      column(({ recipient }) => recipient),
      column(({ occurrence }) => occurrence),
      column(({ occurredAt }) => occurredAt),
      column(({ observedAt }) => observedAt),
      column(({ via }) => via),
      column(({ reason }) => reason),
      column(({ note }) => note),
      column(({ description }) => description && JSON.stringify(description)),
      column(({ claimed }) => String(claimed)),
      textArray(news.map(({ deliveryId }) => deliveryId)),
    ],
  };
}

const writeText = `
  insert into events (id, contract_id, type, recipient, occurrence, occurred_at, observed_at, via,
    reason, note, description, claimed, delivery_id)
  select id, contract_id, type, recipient, occurrence, occurred_at::timestamptz,
    observed_at::timestamptz, via, reason, note, description::jsonb, claimed::boolean,
    delivery_id::bigint
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
      $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[])
    as row (id, contract_id, type, recipient, occurrence, occurred_at, observed_at, via, reason,
      note, description, claimed, delivery_id)
  on conflict (id) do update set occurred_at = excluded.occurred_at,
    observed_at = excluded.observed_at, via = excluded.via, reason = excluded.reason,
    note = excluded.note, description = excluded.description, claimed = excluded.claimed,
    delivery_id = case when events.claimed and not excluded.claimed
      then excluded.delivery_id else events.delivery_id end
  returning 1`;

export function toContractEvent(row: EventRow): ContractEvent {
  return {
    id: row.id,
    contractId: row.contract_id,
    type: row.type,
    recipient: row.recipient,
    occurrence: row.occurrence,
    occurredAt: row.occurred_at.toISOString(),
    observedAt: row.observed_at.toISOString(),
    via: row.via,
    claimed: row.claimed,
    reason: row.reason,
    note: row.note,
    description: row.description,
  };
}
