/** What a body shows of one document. Instants are ISO 8601 UTC; words are lower case. */
export type PandaDocument = {
  id: string;
  /** Such as `recipient_completed`. Undefined where the document was read over the API. */
  event: string | undefined;
  /** Without its `document.` */
  status: string | undefined;
  title: string | undefined;
  createdBy: Person | undefined;
  /** Undefined before it was sent. */
  sentBy: Person | undefined;
  metadata: Record<string, unknown> | undefined;
  linkedObjects: LinkedObject[];
  amount: { value: number; currency: string | null } | undefined;
  createdAt: string | undefined;
  /** In answers of the API alone. */
  sentAt: string | undefined;
  completedAt: string | undefined;
  modifiedAt: string | undefined;
  /** Null: it never expires. */
  expiresAt: string | null | undefined;
  /** Who did what `recipient_completed` reports. */
  actor: Person | undefined;
  actedAt: string | undefined;
  /** Undefined where the body does not list them. */
  recipients: PandaRecipient[] | undefined;
};

export type Person = {
  id: string | undefined;
  name: string | undefined;
  email: string | undefined;
};

/** A record of a CRM: `hubspot`, `deal`, `1001`. */
export type LinkedObject = { provider: string; entityType: string; entityId: string };

export type PandaRecipient = {
  key: string;
  contactId: string | undefined;
  name: string | undefined;
  email: string | undefined;
  /** `signer`, `cc` or `approver`. */
  role: string | undefined;
  order: number | undefined;
  hasCompleted: boolean;
  /** In answers of the API alone. */
  signedAt: string | undefined;
};

/** Copies complete by being sent; everybody else by signing or approving. */
export function signs(recipient: PandaRecipient): boolean {
  return recipient.role !== "cc";
}

/**
 * The recipient who acted. Whether `action_by` carries the recipient's id or the contact's is not
 * documented, so either is taken, and the e-mail address where there is one.
 */
export function actingRecipient(document: PandaDocument): PandaRecipient | undefined {
  const { actor, recipients = [] } = document;
  if (actor === undefined) return undefined;
  const email = actor.email?.toLowerCase();
  return (
    recipients.find((one) => one.key === actor.id) ??
    recipients.find((one) => one.contactId !== undefined && one.contactId === actor.id) ??
    recipients.find((one) => email !== undefined && one.email?.toLowerCase() === email)
  );
}
