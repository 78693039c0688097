import { digestOf } from "./digest.ts";

/**
 * What can happen to a contract, in no vendor's words. `contract.noted` is what a provider says that
 * changes no status: a reminder it sent, or a description of the contract (title, parties, fields). The
 * order is that of a contract's life: of things at the same moment, the later in this list came later.
 */
export const eventTypes = [
  "contract.created",
  "contract.sent",
  "recipient.sent",
  "recipient.viewed",
  "contract.viewed",
  "contract.corrected",
  "recipient.reassigned",
  "recipient.bounced",
  "recipient.auth_failed",
  "recipient.signed",
  "recipient.declined",
  "contract.completed",
  "contract.declined",
  "contract.voided",
  "contract.expired",
  "contract.noted",
] as const;

export type EventType = (typeof eventTypes)[number];

/** How a fact reached us. */
export const vias = ["webhook", "reconcile", "backfill", "replay"] as const;

export type Via = (typeof vias)[number];

/** A person on a contract as one report describes them. `key` is stable for the contract's life. */
export type RecipientDescription = {
  key: string;
  /** Another key, by which other reports of the same provider call them. */
  alias?: string;
  name?: string;
  email?: string;
  role?: string;
  /** 1 for who signs first; equal numbers sign in parallel. */
  order?: number;
};

/**
 * What a report says a contract is, beside what happened to it. A field that is absent says nothing;
 * `null` says that there is none. Strings are cut to the lengths in `limits.ts`.
 */
export type ContractDescription = {
  title?: string;
  sender?: { name?: string; email?: string };
  /** Custom fields or metadata, by name, as text. */
  fields?: Record<string, string>;
  amount?: { value: number; currency: string | null };
  /** Where a person opens the contract at the provider. Never a signing link. */
  url?: string;
  /** ISO 8601, UTC: when the provider will expire it. */
  expiresAt?: string | null;
  recipients?: RecipientDescription[];
  /** True where `recipients` names everybody: whoever is missing has been removed. */
  recipientsAreComplete?: boolean;
};

/** One fact read out of a delivery, before we say when we saw it. */
export type ReportedFact = {
  type: EventType;
  /** The recipient's key, or null where the fact is about the contract as a whole. */
  recipient: string | null;
  /** ISO 8601, UTC, milliseconds: when it happened, by the provider's clock. */
  occurredAt: string;
  /** What tells this happening from others of its type and recipient; "" where there is only ever one. */
  occurrence: string;
  /** Why, in the words of the person or provider: a decline or void reason. */
  reason: string | null;
  /** For `contract.noted`: what was noted, in a few words. */
  note: string | null;
  /** For `contract.noted`: how the provider describes the contract at `occurredAt`. */
  description: ContractDescription | null;
};

/** An immutable fact about a contract. The same happening has the same `id`, however it reached us. */
export type ContractEvent = ReportedFact & {
  id: string;
  contractId: string;
  /** ISO 8601, UTC, milliseconds: when we first saw it. */
  observedAt: string;
  via: Via;
  /** Somebody says so whom nothing proves, and it is to be confirmed first: it changes no status yet. */
  claimed: boolean;
};

/** The types that end a contract. */
export const endingTypes: ReadonlySet<EventType> = new Set([
  "contract.completed",
  "contract.declined",
  "contract.voided",
  "contract.expired",
]);

/** `<source>/<the provider's id>`: two sources may use the same provider's ids. */
export function contractIdOf(source: string, externalId: string): string {
  return `${source}/${externalId}`;
}

/** Equal for facts that are one happening of a contract, and so have one id. Cheaper than the id. */
export function samenessOf({
  type,
  recipient,
  occurrence,
}: Pick<ReportedFact, "type" | "recipient" | "occurrence">): string {
  if (recipient === null) return `${type}:${occurrence}`;
  return `${type} ${recipient.length} ${recipient} ${occurrence}`;
}

/** A fact as an event of a contract. The id leaves out every time that a retry may rewrite. */
export function toEvent(
  fact: ReportedFact,
  about: { contractId: string; observedAt: string; via: Via; claimed?: boolean },
): ContractEvent {
  const identity = [about.contractId, fact.type, fact.recipient, fact.occurrence];
  return { claimed: false, ...fact, ...about, id: `evt_${digestOf(identity)}` };
}
