/** What a body shows of an agreement. Instants are ISO 8601 UTC, Adobe's words in capitals. */
export type Agreement = {
  id: string;
  title: string | undefined;
  status: string | undefined;
  senderEmail: string | undefined;
  createdAt: string | undefined;
  expiresAt: string | undefined;
  externalId: string | undefined;
  /** Absent where the body does not list them: the webhook may leave them out. */
  participants: Participant[] | undefined;
  /** Who gets a copy. */
  copies: string[];
};

/**
 * A member of a participant set. The key is the e-mail address, because an event without the list of
 * participants names people by nothing else that the list has too; so a person on an agreement twice is one.
 */
export type Participant = {
  key: string;
  /** Adobe's id of the membership, for reminders. */
  memberId: string | undefined;
  name: string | undefined;
  email: string | undefined;
  role: string | undefined;
  order: number | undefined;
  /** The status of the set. */
  status: string | undefined;
  isReplaced: boolean;
  /** One of several of whom any may act for all, so that the set's status does not say who did. */
  isOneOfSeveral: boolean;
};

/** Something that happened, as a webhook or the list of events tells it. */
export type Moment = {
  /** Without `AGREEMENT_`, as the list of events has it. */
  type: string;
  subType: string | undefined;
  at: string | undefined;
  /** Keys of participants. */
  participant: string | undefined;
  acting: string | undefined;
  role: string | undefined;
  comment: string | undefined;
};

/** An agreement and what is told of it: one thing by a webhook, everything by the REST API. */
export type Message = { agreement: Agreement; moments: Moment[] };

/** Readers and those who pass on complete without a signature; an approval is the approver's. */
export function signs(role: string | undefined): boolean {
  return role === undefined || !/^(CERTIFIED_RECIPIENT|SHARE|SENDER|DELEGATE_TO_.*)$/.test(role);
}

/** Takes no part, so that what they do is no recipient's doing. */
export function isOutside(role: string | undefined): boolean {
  return role === "SENDER" || role === "SHARE";
}

export function isOutFor(status: string | undefined): boolean {
  return status?.startsWith("OUT_FOR_") ?? false;
}

const finished = new Set([
  "SIGNED",
  "APPROVED",
  "ACCEPTED",
  "DELIVERED",
  "FORM_FILLED",
  "ARCHIVED",
]);

export function isFinished(status: string | undefined): boolean {
  return status !== undefined && finished.has(status);
}

export function isWaitedFor(participant: Participant): boolean {
  return (participant.status?.startsWith("WAITING_FOR_MY_") ?? false) && !participant.isReplaced;
}
