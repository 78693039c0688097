import type { ContractEvent } from "./contract-event.ts";
import { canonical } from "./digest.ts";

/**
 * Every event once. Reports of the same happening agree on its id but not always on its details: a report
 * that carries no time of the happening itself stamps its own, later, time. So the earliest time is the
 * happening's, a detail that one report lacks is taken from another, one proof makes a claim a fact, and
 * the result does not depend on which came first.
 */
export function joinEvents(events: Iterable<ContractEvent>): Map<string, ContractEvent> {
  const joined = new Map<string, ContractEvent>();
  for (const event of events) {
    const known = joined.get(event.id);
    joined.set(event.id, known === undefined ? event : joinSame(known, event));
  }
  return joined;
}

/** Two reports of the event with one id. What is proved needs nothing of what is only claimed. */
export function joinSame(a: ContractEvent, b: ContractEvent): ContractEvent {
  if (a.claimed !== b.claimed) return a.claimed ? b : a;
  const [first, second] = seenBefore(a, b) ? [a, b] : [b, a];
  return {
    ...first,
    occurredAt: a.occurredAt < b.occurredAt ? a.occurredAt : b.occurredAt,
    reason: smaller(first.reason, second.reason),
    note: smaller(first.note, second.note),
    description: smallerDescription(first.description, second.description),
  };
}

function seenBefore(a: ContractEvent, b: ContractEvent): boolean {
  if (a.observedAt !== b.observedAt) return a.observedAt < b.observedAt;
  return a.via <= b.via;
}

/** The one that is there; of two, the one that sorts first, so that both orders agree. */
function smaller(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

function smallerDescription(
  a: ContractEvent["description"],
  b: ContractEvent["description"],
): ContractEvent["description"] {
  if (a === null || b === null) return a ?? b;
  return canonical(a) <= canonical(b) ? a : b;
}
