/** What a body shows of one document. Instants are ISO 8601 UTC; words are lower case. */
export type DocumensoDocument = {
  /** `envelope_…`, or the number of an older installation. */
  id: string;
  /** In capitals, as Documenso writes it. Undefined where the document was read over the API. */
  event: string | undefined;
  /** When this attempt to tell us was made: anew at each, so that it never says when something happened. */
  attemptedAt: string | undefined;
  status: string | undefined;
  title: string | undefined;
  /** The one field of one's own that a document has. */
  externalId: string | undefined;
  /** In answers of the API alone. */
  owner: { name: string | undefined; email: string | undefined } | undefined;
  createdAt: string | undefined;
  /** When its row last changed, which opening and signing do not do. */
  updatedAt: string | undefined;
  /** When it was sealed, rejected or cancelled: what of these, the status says. */
  closedAt: string | undefined;
  deletedAt: string | undefined;
  /** Undefined where the body does not list them. */
  recipients: DocumensoRecipient[] | undefined;
};

export type DocumensoRecipient = {
  key: string;
  name: string | undefined;
  email: string | undefined;
  /** `signer`, `approver`, `viewer`, `assistant` or `cc`. */
  role: string | undefined;
  order: number | undefined;
  wasSent: boolean;
  hasOpened: boolean;
  /** `not_signed`, `signed` or `rejected`. */
  signing: string | undefined;
  /** When they signed or rejected: what of these, `signing` says. */
  actedAt: string | undefined;
  /** When their link runs out, which leaves the document open. */
  linkExpiresAt: string | undefined;
  /** When the owner was told that it had run out. */
  linkExpiredAt: string | undefined;
  rejectionReason: string | undefined;
};

/** Viewers, assistants and copies are marked as signed too when they are done. An approval is a signature. */
export function hasSigned(recipient: DocumensoRecipient): boolean {
  return (
    recipient.signing === "signed" && !["viewer", "assistant", "cc"].includes(recipient.role ?? "")
  );
}

export function hasRejected(recipient: DocumensoRecipient): boolean {
  return recipient.signing === "rejected";
}
