import { eventTypes, type ContractEvent } from "./contract-event.ts";

/** By the provider's time; between equal times what comes later in a contract's life, then the id: a total order. */
export function byTime(a: ContractEvent, b: ContractEvent): number {
  if (a.occurredAt !== b.occurredAt) return a.occurredAt < b.occurredAt ? -1 : 1;
  const stages = eventTypes.indexOf(a.type) - eventTypes.indexOf(b.type);
  if (stages !== 0) return stages;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
