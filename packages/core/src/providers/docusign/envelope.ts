/** What a body of either format shows of an envelope. Instants are ISO 8601 UTC; words are lower case. */
export type Envelope = {
  id: string;
  /** Such as `recipient-completed`. The XML aggregate names no event. */
  event: string | undefined;
  /** The recipient whom the event is about. */
  eventRecipient: string | undefined;
  generatedAt: string | undefined;
  status: string | undefined;
  title: string | undefined;
  sender: { name: string | undefined; email: string | undefined } | undefined;
  fields: Record<string, string> | undefined;
  /** Null: it never expires. */
  expiresAt: string | null | undefined;
  createdAt: string | undefined;
  sentAt: string | undefined;
  /** When the last recipient had opened it: DocuSign's "delivered". */
  deliveredAt: string | undefined;
  completedAt: string | undefined;
  declinedAt: string | undefined;
  voidedAt: string | undefined;
  voidedReason: string | undefined;
  deletedAt: string | undefined;
  statusChangedAt: string | undefined;
  modifiedAt: string | undefined;
  /** Absent where the body does not list them. */
  recipients: EnvelopeRecipient[] | undefined;
};

export type EnvelopeRecipient = {
  key: string;
  /** JSON's other id of them, which is the only one in XML. */
  alias: string | undefined;
  role: string | undefined;
  name: string | undefined;
  email: string | undefined;
  order: number | undefined;
  status: string | undefined;
  sentAt: string | undefined;
  deliveredAt: string | undefined;
  signedAt: string | undefined;
  declinedAt: string | undefined;
  /** Why they declined, or what the automatic answer to the mail said. */
  reason: string | undefined;
  /** Set where the format has no event for it: the sending that bounced. */
  bouncedSending: string | undefined;
};

/** Recipient kinds by their group in JSON and by their `Type` in XML, both in lower case. */
const roles = new Map([
  ["signers", "signer"],
  ["signer", "signer"],
  ["inpersonsigners", "in-person signer"],
  ["inpersonsigner", "in-person signer"],
  ["witnesses", "witness"],
  ["witness", "witness"],
  ["notaries", "notary"],
  ["notary", "notary"],
  ["seals", "seal"],
  ["seal", "seal"],
  ["agents", "agent"],
  ["agent", "agent"],
  ["editors", "editor"],
  ["editor", "editor"],
  ["intermediaries", "intermediary"],
  ["intermediary", "intermediary"],
  ["carboncopies", "cc"],
  ["carboncopy", "cc"],
  ["certifieddeliveries", "viewer"],
  ["certifieddelivery", "viewer"],
]);

export function roleOf(kind: string | undefined): string | undefined {
  return kind === undefined ? undefined : roles.get(kind.toLowerCase());
}

/** The kinds whose "completed" is a signature. The others complete by reading or passing on. */
const signing = new Set(["signer", "in-person signer", "witness", "notary"]);

export function signs(recipient: EnvelopeRecipient): boolean {
  return recipient.role !== undefined && signing.has(recipient.role);
}

/** A body that we could read as an envelope, one that is about none, or why we could not. */
export type Reading =
  | { kind: "envelope"; envelope: Envelope }
  | { kind: "other" }
  | { kind: "unreadable"; reason: string };

export function unreadable(reason: string): Reading {
  return { kind: "unreadable", reason };
}
