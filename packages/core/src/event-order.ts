import { eventTypes, type ContractEvent } from "./contract-event.ts";

/**
 * By the provider's time; between equal times what comes later in a contract's life, then what we saw later
 * (some providers change a contract and leave its time as it was), then the id: a total order. When we saw an
 * event is settled only once all its reports are joined.
 */
export function byTime(a: ContractEvent, b: ContractEvent): number {
  if (a.occurredAt !== b.occurredAt) return a.occurredAt < b.occurredAt ? -1 : 1;
  const stages = eventTypes.indexOf(a.type) - eventTypes.indexOf(b.type);
  if (stages !== 0) return stages;
  if (a.observedAt !== b.observedAt) return a.observedAt < b.observedAt ? -1 : 1;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
