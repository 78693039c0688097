import {
  contractIdOf,
  endingTypes,
  fold,
  joinEvents,
  toEvent,
  type ContractEvent,
  type ContractReport,
  type Normalized,
} from "@countersign/core";
import { lockContract, writeContract } from "./contracts.ts";
import { inTransaction, type Connection } from "./database.ts";
import { keepDelivery, type Delivery } from "./deliveries.ts";
import { readEvents, writeEvents } from "./events.ts";
import { publishChange } from "./queue/queue.ts";
import type { Store } from "./store.ts";

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

/** Joins the report's facts to the contract's events. Whether that told us anything new. */
async function applyReport(
  connection: Connection,
  delivery: Delivery,
  deliveryId: string,
  report: ContractReport,
  now: Date,
): Promise<boolean> {
  const { source, via, claimsEndings } = delivery;
  const about = {
    id: contractIdOf(source, report.externalId),
    source,
    externalId: report.externalId,
  };
  const observedAt = delivery.receivedAt.toISOString();
  const version = await lockContract(connection, about, now);
  const known = await readEvents(connection, about.id);
  const reported = report.facts.map((fact) =>
    toEvent(fact, {
      contractId: about.id,
      observedAt,
      via,
      claimed: claimsEndings && endingTypes.has(fact.type),
    }),
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
      old.claimed !== event.claimed ||
      old.occurredAt !== event.occurredAt ||
      old.reason !== event.reason ||
      old.note !== event.note
    );
  });
}
