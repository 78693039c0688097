import {
  byTime,
  recipientOf,
  type Contract,
  type ContractEvent,
  type EventType,
} from "@countersign/core";

/** One thing that happened, with the ids of all events that tell of it. */
export type Moment = { event: ContractEvent; reason: string | null; covers: string[] };

/** What people hear of a moment, in no chat tool's words. */
export type Happening = {
  type: EventType;
  /** Who did it or whom it befell, where that is known. */
  who: string | null;
  reason: string | null;
  /** ISO 8601, UTC, by the provider's clock. */
  at: string;
};

/** Which events people want to hear of; the others show on the card alone. */
const spoken: Record<EventType, boolean> = {
  "contract.created": false,
  "contract.sent": true,
  "contract.viewed": true,
  "contract.completed": true,
  "contract.declined": true,
  "contract.voided": true,
  "contract.expired": true,
  "contract.corrected": true,
  "contract.noted": false,
  "recipient.sent": false,
  "recipient.viewed": true,
  "recipient.signed": true,
  "recipient.declined": true,
  "recipient.reassigned": true,
  "recipient.bounced": true,
  "recipient.auth_failed": true,
};

/** A provider tells of one view or refusal twice: for the contract, and for the person who did it. */
const tellings: [whole: EventType, part: EventType][] = [
  ["contract.viewed", "recipient.viewed"],
  ["contract.declined", "recipient.declined"],
];

/** What a person does once, however often it is reported. */
const once: ReadonlySet<EventType> = new Set([
  "recipient.viewed",
  "recipient.signed",
  "recipient.declined",
]);

/** The happenings worth a line, each once, by the provider's time. A completion overrules other endings. */
export function momentsOf(contract: Contract, events: ContractEvent[]): Moment[] {
  const told = events
    .filter((event) => spoken[event.type] && !event.claimed && !isOverruled(contract, event))
    .toSorted(byTime);
  const moments = new Map<string, Moment>();
  for (const event of told) {
    const first = once.has(event.type)
      ? told.find((other) => isSame(contract, other, event))
      : event;
    addTo(moments, first ?? event, event);
  }
  for (const [whole, part] of tellings) joinTellings(moments, whole, part);
  return [...moments.values()];
}

export function happeningOf(contract: Contract, { event, reason }: Moment): Happening {
  const person = recipientOf(contract, event);
  const who = person?.name ?? person?.email ?? null;
  return { type: event.type, who, reason, at: event.occurredAt };
}

function isOverruled(contract: Contract, event: ContractEvent): boolean {
  const ending = ["contract.declined", "contract.voided", "contract.expired"].includes(event.type);
  return ending && contract.status === "completed";
}

function isSame(contract: Contract, a: ContractEvent, b: ContractEvent): boolean {
  if (a.type !== b.type) return false;
  if (a.recipient === b.recipient) return true;
  const person = recipientOf(contract, a);
  return person !== null && person === recipientOf(contract, b);
}

function addTo(moments: Map<string, Moment>, first: ContractEvent, event: ContractEvent): void {
  const known = moments.get(first.id);
  moments.set(first.id, {
    event: first,
    reason: known?.reason ?? event.reason,
    covers: [...(known?.covers ?? []), event.id],
  });
}

/** Each telling about the whole contract goes to the person's that is nearest in time, if there is one. */
function joinTellings(moments: Map<string, Moment>, whole: EventType, part: EventType): void {
  const of = (type: EventType) => [...moments.values()].filter(({ event }) => event.type === type);
  for (const general of of(whole)) {
    const nearest = of(part).toSorted((a, b) => distance(a, general) - distance(b, general))[0];
    if (nearest === undefined) continue;
    moments.delete(general.event.id);
    moments.set(nearest.event.id, {
      event: nearest.event,
      reason: nearest.reason ?? general.reason,
      covers: [...nearest.covers, ...general.covers],
    });
  }
}

function distance(a: Moment, b: Moment): number {
  return Math.abs(Date.parse(a.event.occurredAt) - Date.parse(b.event.occurredAt));
}
