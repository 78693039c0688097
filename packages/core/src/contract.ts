import type { ContractDescription, ContractEvent, EventType } from "./contract-event.ts";
import { byTime } from "./event-order.ts";
import { joinEvents } from "./join-events.ts";
import { foldRecipients, type Recipient } from "./recipient.ts";

export const contractStatuses = [
  "draft",
  "sent",
  "viewed",
  "partially_signed",
  "completed",
  "declined",
  "voided",
  "expired",
] as const;

export type ContractStatus = (typeof contractStatuses)[number];

/** The statuses of a contract that is not at its end yet. */
export const openStatuses: ReadonlySet<ContractStatus> = new Set([
  "draft",
  "sent",
  "viewed",
  "partially_signed",
]);

/** What is true of a contract now: the fold of its events. Times are ISO 8601 UTC by the provider's clock. */
export type Contract = {
  id: string;
  source: string;
  externalId: string;
  status: ContractStatus;
  /** The status that is claimed and not confirmed, where that is another one. */
  unconfirmed: ContractStatus | null;
  title: string | null;
  sender: { name: string | null; email: string | null } | null;
  fields: Record<string, string>;
  amount: { value: number; currency: string | null } | null;
  url: string | null;
  expiresAt: string | null;
  recipients: Recipient[];
  createdAt: string | null;
  sentAt: string | null;
  viewedAt: string | null;
  completedAt: string | null;
  /** When it was declined, voided or expired, if that is its status. */
  endedAt: string | null;
  /** Why it was declined or voided, in the words of whoever did it. */
  reason: string | null;
  /** The latest thing known to have happened. */
  lastEventAt: string | null;
};

/**
 * The state that a set of events proves. Their order, repetitions and late arrivals make no difference:
 * joining two sets of events and folding gives the same as folding either first (see contract.test.ts).
 */
export function fold(
  about: { id: string; source: string; externalId: string },
  events: Iterable<ContractEvent>,
): Contract {
  const all = [...joinEvents(events).values()].toSorted(byTime);
  const known = all.filter((event) => !event.claimed);
  const description = describe(known);
  const first = (type: EventType) => known.find((event) => event.type === type) ?? null;
  const recipients = foldRecipients(known);
  const ending = endingOf(known);
  const status = statusOf(known, recipients, ending);
  const claimed = openStatuses.has(status) ? statusOf(all, recipients, endingOf(all)) : status;
  return {
    id: about.id,
    source: about.source,
    externalId: about.externalId,
    status,
    unconfirmed: claimed === status ? null : claimed,
    title: description.title ?? null,
    sender: description.sender
      ? { name: description.sender.name ?? null, email: description.sender.email ?? null }
      : null,
    fields: description.fields ?? {},
    amount: description.amount ?? null,
    url: description.url ?? null,
    expiresAt: description.expiresAt ?? null,
    recipients,
    createdAt: first("contract.created")?.occurredAt ?? null,
    sentAt: first("contract.sent")?.occurredAt ?? null,
    viewedAt: first("contract.viewed")?.occurredAt ?? earliest(recipients.map((r) => r.viewedAt)),
    completedAt: first("contract.completed")?.occurredAt ?? null,
    endedAt: ending?.occurredAt ?? null,
    reason: ending?.reason ?? null,
    lastEventAt: known.findLast((event) => event.description === null)?.occurredAt ?? null,
  };
}

/** Each field as the latest report that speaks of it has it. */
function describe(known: ContractEvent[]): ContractDescription {
  return Object.assign({}, ...known.map((event) => event.description ?? {}));
}

/**
 * What ended it unsigned. `completed` wins over all of these; among them the later provider time. A void
 * without a reason yields to an expiry: some providers tell one as such a void, or put away what has expired.
 */
function endingOf(known: ContractEvent[]): ContractEvent | null {
  const happened = new Set(known.map((event) => event.type));
  if (happened.has("contract.completed")) return null;
  const yields = ({ type, reason }: ContractEvent) =>
    type === "contract.voided" && reason === null && happened.has("contract.expired");
  return known.findLast((event) => endings.has(event.type) && !yields(event)) ?? null;
}

const endings = new Map<EventType, ContractStatus>([
  ["contract.declined", "declined"],
  ["contract.voided", "voided"],
  ["contract.expired", "expired"],
]);

function statusOf(
  known: ContractEvent[],
  recipients: Recipient[],
  ending: ContractEvent | null,
): ContractStatus {
  const happened = new Set(known.map((event) => event.type));
  if (happened.has("contract.completed")) return "completed";
  if (ending !== null) return endings.get(ending.type) ?? "voided";
  if (recipients.some((recipient) => recipient.signedAt !== null)) return "partially_signed";
  if (happened.has("contract.viewed") || happened.has("recipient.viewed")) return "viewed";
  if (happened.has("contract.sent") || happened.has("recipient.sent")) return "sent";
  return "draft";
}

function earliest(times: (string | null)[]): string | null {
  return times.filter((time) => time !== null).toSorted()[0] ?? null;
}
