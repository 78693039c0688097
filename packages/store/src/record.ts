import { createHash } from "node:crypto";
import {
  contractIdOf,
  fold,
  joinEvents,
  toEvent,
  type ContractEvent,
  type ContractReport,
  type IncomingRequest,
  type Normalized,
  type Via,
} from "@countersign/core";
import { lockContract, writeContract } from "./contracts.ts";
import { inTransaction, type Connection } from "./database.ts";
import { readEvents, writeEvents } from "./events.ts";
import { publishChange } from "./queue/queue.ts";
import type { Store } from "./store.ts";

/** An authentic request of a source. */
export type Delivery = {
  source: string;
  provider: string;
  request: IncomingRequest;
  /** Which of the source's secrets proved it. */
  secretIndex: number;
  receivedAt: Date;
  via: Via;
};

export type Recorded =
  /** `changed` names the contracts that are not what they were. */
  | { outcome: "recorded"; deliveryId: string; changed: string[] }
  | { outcome: "quarantined"; deliveryId: string; reason: string }
  /** The same bytes came before and stand recorded. */
  | { outcome: "duplicate"; deliveryId: string };

/**
 * Makes a delivery durable: its bytes, the facts it proves, what they make of each contract, and a wake-up
 * for every destination, all in one transaction. When this returns, it is on disk.
 */
export async function record(
  store: Store,
  delivery: Delivery,
  normalized: Normalized,
): Promise<Recorded> {
  return inTransaction(store.database, async (connection) => {
    const kept = await keepDelivery(connection, delivery, normalized);
    if (kept.repeated) return { outcome: "duplicate", deliveryId: kept.id };
    if (!normalized.understood) {
      return { outcome: "quarantined", deliveryId: kept.id, reason: normalized.reason };
    }
    const changed: string[] = [];
    for (const report of inLockOrder(normalized.reports)) {
      const id = contractIdOf(delivery.source, report.externalId);
      if (!(await applyReport(connection, delivery, kept.id, report, store.now()))) continue;
      await publishChange(store.queue, connection, id);
      changed.push(id);
    }
    return { outcome: "recorded", deliveryId: kept.id, changed };
  });
}

/** Two deliveries about the same contracts must take them in the same order, or they wait for each other. */
function inLockOrder(reports: ContractReport[]): ContractReport[] {
  return reports.toSorted((a, b) => (a.externalId < b.externalId ? -1 : 1));
}

async function keepDelivery(
  connection: Connection,
  delivery: Delivery,
  normalized: Normalized,
): Promise<{ id: string; repeated: boolean }> {
  const { request } = delivery;
  const { rows } = await connection.query<{ id: string; times_received: number }>(
    `insert into deliveries (source, provider, digest, method, headers, query, body, via, secret_index,
       outcome, reason, received_at, last_received_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
     on conflict (source, digest) do update set
       times_received = deliveries.times_received + 1, last_received_at = excluded.last_received_at
     returning id, times_received`,
    [
      delivery.source,
      delivery.provider,
      createHash("sha256").update(request.body).digest(),
      request.method,
      JSON.stringify(keptHeaders(request.headers)),
      JSON.stringify(request.query),
      Buffer.from(request.body.buffer, request.body.byteOffset, request.body.byteLength),
      delivery.via,
      delivery.secretIndex,
      normalized.understood ? "recorded" : "quarantined",
      normalized.understood ? null : normalized.reason,
      delivery.receivedAt,
    ],
  );
  const row = rows[0];
  if (row === undefined) throw new Error("PostgreSQL returned no row for an inserted delivery.");
  return { id: row.id, repeated: row.times_received > 1 };
}

/** Credentials of a proxy or person in front of us are no part of the evidence. */
function keptHeaders(headers: IncomingRequest["headers"]): IncomingRequest["headers"] {
  const { authorization: _, cookie: __, "proxy-authorization": ___, ...kept } = headers;
  return kept;
}

/** Joins the report's facts to the contract's events. Whether that told us anything new. */
async function applyReport(
  connection: Connection,
  delivery: Delivery,
  deliveryId: string,
  report: ContractReport,
  now: Date,
): Promise<boolean> {
  const { source, via } = delivery;
  const about = {
    id: contractIdOf(source, report.externalId),
    source,
    externalId: report.externalId,
  };
  const observedAt = delivery.receivedAt.toISOString();
  const version = await lockContract(connection, about, now);
  const known = await readEvents(connection, about.id);
  const reported = report.facts.map((fact) =>
    toEvent(fact, { contractId: about.id, observedAt, via }),
  );
  const joined = joinEvents([...known, ...reported]);
  const news = changedEvents(known, joined);
  if (news.length === 0) return false;
  await writeEvents(connection, news, deliveryId);
  const contract = fold(about, joined.values());
  await writeContract(connection, contract, version + 1, now);
  return true;
}

/** The events that are new, or of which we now know more than when we first saw them. */
function changedEvents(
  known: ContractEvent[],
  joined: Map<string, ContractEvent>,
): ContractEvent[] {
  const before = new Map(known.map((event) => [event.id, event]));
  return [...joined.values()].filter((event) => {
    const old = before.get(event.id);
    return (
      old === undefined ||
      old.occurredAt !== event.occurredAt ||
      old.reason !== event.reason ||
      old.note !== event.note
    );
  });
}
