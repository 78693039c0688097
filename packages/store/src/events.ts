import {
  byTime,
  type ContractDescription,
  type ContractEvent,
  type EventType,
  type Via,
} from "@countersign/core";
import type { Connection, Database } from "./database.ts";

type EventRow = {
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
export async function readEvents(
  database: Database | Connection,
  contractId: string,
): Promise<ContractEvent[]> {
  const { rows } = await database.query<EventRow>("select * from events where contract_id = $1", [
    contractId,
  ]);
  return rows.map(toContractEvent).toSorted(byTime);
}

/** Adds events, or brings what is known of them up to date. Their delivery is the one that first proved them. */
export async function writeEvents(
  connection: Connection,
  events: ContractEvent[],
  deliveryId: string,
): Promise<void> {
  await connection.query(
    `insert into events (id, contract_id, type, recipient, occurrence, occurred_at, observed_at, via,
       reason, note, description, claimed, delivery_id)
     select *, $13::bigint from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[],
       $6::timestamptz[], $7::timestamptz[], $8::text[], $9::text[], $10::text[], $11::jsonb[],
       $12::boolean[])
     on conflict (id) do update set occurred_at = excluded.occurred_at,
       observed_at = excluded.observed_at, via = excluded.via, reason = excluded.reason,
       note = excluded.note, description = excluded.description, claimed = excluded.claimed,
       delivery_id = case when events.claimed and not excluded.claimed
         then excluded.delivery_id else events.delivery_id end`,
    [
      events.map((event) => event.id),
      events.map((event) => event.contractId),
      events.map((event) => event.type),
      events.map((event) => event.recipient),
      events.map((event) => event.occurrence),
      events.map((event) => event.occurredAt),
      events.map((event) => event.observedAt),
      events.map((event) => event.via),
      events.map((event) => event.reason),
      events.map((event) => event.note),
      events.map((event) => event.description && JSON.stringify(event.description)),
      events.map((event) => event.claimed),
      deliveryId,
    ],
  );
}

function toContractEvent(row: EventRow): ContractEvent {
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
