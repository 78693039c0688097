import type { ContractEvent, EventType, RecipientDescription } from "./contract-event.ts";

export type RecipientStatus =
  | "pending"
  | "sent"
  | "viewed"
  | "signed"
  | "declined"
  | "reassigned"
  | "bounced"
  | "auth_failed";

/** One party of a contract, as the fold of what is known of it. */
export type Recipient = {
  key: string;
  /** Another key, by which some events may name them. */
  alias?: string;
  name: string | null;
  email: string | null;
  role: string | null;
  order: number | null;
  status: RecipientStatus;
  sentAt: string | null;
  viewedAt: string | null;
  signedAt: string | null;
  declinedAt: string | null;
  /** Why they declined, or why they could not be reached. */
  reason: string | null;
};

/**
 * The parties of a contract, who signs first coming first. `known` is sorted by the provider's time. A
 * person whom the latest full list leaves out was removed, unless they had signed or declined.
 */
export function foldRecipients(known: ContractEvent[]): Recipient[] {
  const descriptions = known.flatMap((event) => event.description ?? []);
  const mentions = descriptions.flatMap((description) => description.recipients ?? []);
  const keyOf = keyByName(mentions);
  const keys = new Set([
    ...mentions.map((mention) => keyOf(mention.key)),
    ...known.flatMap((event) => (event.recipient === null ? [] : keyOf(event.recipient))),
  ]);
  const roster = descriptions.findLast((description) => description.recipientsAreComplete);
  const listed = roster && new Set(roster.recipients?.map((recipient) => keyOf(recipient.key)));
  return [...keys]
    .map((key) =>
      foldRecipient(
        key,
        mentions.filter((mention) => keyOf(mention.key) === key),
        known.filter((event) => event.recipient !== null && keyOf(event.recipient) === key),
      ),
    )
    .filter(
      (one) => !listed || listed.has(one.key) || one.signedAt !== null || one.declinedAt !== null,
    )
    .toSorted(byOrder);
}

/** The party whom an event names, by their key or their alias; null where it names nobody who is known. */
export function recipientOf(
  { recipients }: { recipients: readonly Recipient[] },
  { recipient }: Pick<ContractEvent, "recipient">,
): Recipient | null {
  if (recipient === null) return null;
  const named = ({ key, alias }: Recipient) => key === recipient || alias === recipient;
  return recipients.find(named) ?? null;
}

/** The key of whoever is called so, as the latest report that knows both has it. */
function keyByName(mentions: RecipientDescription[]): (name: string) => string {
  const aliases = new Map(
    mentions.flatMap(({ key, alias }) => (alias === undefined ? [] : [[alias, key]])),
  );
  return (name) => aliases.get(name) ?? name;
}

/** `mentions` and `own` are what speaks of them. */
function foldRecipient(
  key: string,
  mentions: RecipientDescription[],
  own: ContractEvent[],
): Recipient {
  const described: Partial<RecipientDescription> = Object.assign({}, ...mentions);
  const at = (type: EventType) => own.find((event) => event.type === type)?.occurredAt ?? null;
  const decisive = decisiveEvent(own);
  return {
    key,
    ...(described.alias === undefined ? {} : { alias: described.alias }),
    name: described.name ?? null,
    email: described.email ?? null,
    role: described.role ?? null,
    order: described.order ?? null,
    status: decisive === null ? "pending" : (statuses.get(decisive.type) ?? "pending"),
    sentAt: at("recipient.sent"),
    viewedAt: at("recipient.viewed"),
    signedAt: at("recipient.signed"),
    declinedAt: at("recipient.declined"),
    reason: decisive?.reason ?? null,
  };
}

/** A signature stands whatever comes later; so does a refusal; else the latest thing that happened. */
function decisiveEvent(own: ContractEvent[]): ContractEvent | null {
  for (const type of ["recipient.signed", "recipient.declined", "recipient.reassigned"]) {
    const event = own.find((candidate) => candidate.type === type);
    if (event !== undefined) return event;
  }
  return own.findLast((event) => statuses.has(event.type)) ?? null;
}

const statuses = new Map<EventType, RecipientStatus>([
  ["recipient.sent", "sent"],
  ["recipient.viewed", "viewed"],
  ["recipient.signed", "signed"],
  ["recipient.declined", "declined"],
  ["recipient.reassigned", "reassigned"],
  ["recipient.bounced", "bounced"],
  ["recipient.auth_failed", "auth_failed"],
]);

function byOrder(a: Recipient, b: Recipient): number {
  const places = (a.order ?? Infinity) - (b.order ?? Infinity);
  if (places !== 0 && !Number.isNaN(places)) return places;
  return a.key < b.key ? -1 : Number(a.key > b.key);
}
