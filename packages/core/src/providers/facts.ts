import {
  samenessOf,
  type ContractDescription,
  type EventType,
  type ReportedFact,
} from "../contract-event.ts";

/** What a report says happened, before the provider's identity table has named the happening. */
export type Happening = {
  type: EventType;
  recipient?: string | null;
  at: string;
  /** What stays equal in every report of this one happening: its time, or the vendor's id of it. */
  mark?: string;
  reason?: string | null | undefined;
  note?: string | null;
  description?: ContractDescription | null;
};

/** For every type, the `occurrence` of a happening: what makes two reports speak of the same one. */
export type Identity = Record<EventType, (happening: Happening) => string>;

/**
 * The happenings of one body as facts, each once. Where two agree on their identity the first stands, with
 * the reason of the other if it has none: put what carries its own time before what borrows the report's.
 */
export function toFacts(identity: Identity, happenings: Iterable<Happening>): ReportedFact[] {
  const facts = new Map<string, ReportedFact>();
  for (const happening of happenings) {
    const fact = toFact(identity, happening);
    const key = samenessOf(fact);
    const first = facts.get(key);
    if (first === undefined) facts.set(key, fact);
    else first.reason ??= fact.reason;
  }
  return [...facts.values()];
}

function toFact(identity: Identity, happening: Happening): ReportedFact {
  return {
    type: happening.type,
    recipient: happening.recipient ?? null,
    occurredAt: happening.at,
    occurrence: identity[happening.type](happening),
    reason: happening.reason ?? null,
    note: happening.note ?? null,
    description: happening.description ?? null,
  };
}

/** The latest of some instants, or undefined where there is none. */
export function latest(instants: Iterable<string | undefined>): string | undefined {
  let last: string | undefined;
  for (const instant of instants) {
    if (instant !== undefined && (last === undefined || instant > last)) last = instant;
  }
  return last;
}

/** The earliest of some instants, or undefined where there is none. */
export function earliest(instants: Iterable<string | undefined>): string | undefined {
  let first: string | undefined;
  for (const instant of instants) {
    if (instant !== undefined && (first === undefined || instant < first)) first = instant;
  }
  return first;
}
