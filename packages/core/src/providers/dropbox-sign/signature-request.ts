/** What a body shows of a signature request. Instants are ISO 8601 UTC; words are in lower case. */
export type SignatureRequest = {
  id: string;
  title: string | undefined;
  senderEmail: string | undefined;
  fields: Record<string, string> | undefined;
  url: string | undefined;
  createdAt: string | undefined;
  /** Null: it never expires. */
  expiresAt: string | null | undefined;
  isComplete: boolean;
  isDeclined: boolean;
  /** Absent where the body does not list them. */
  signers: Signer[] | undefined;
  /** Who gets a copy. */
  copies: string[];
};

/** A signature that is asked for; the key is its id. */
export type Signer = {
  key: string;
  name: string | undefined;
  email: string | undefined;
  role: string | undefined;
  /** From 1; absent where all sign in parallel. */
  order: number | undefined;
  status: string | undefined;
  signedAt: string | undefined;
  /** The latest time: the first view is only told by its event. */
  viewedAt: string | undefined;
  declineReason: string | undefined;
  /** The id of the signature that this one took over. */
  reassignedFrom: string | undefined;
  reassignmentReason: string | undefined;
};

export type CallbackEvent = {
  /** Such as `signature_request_viewed`. */
  type: string;
  at: string | undefined;
  relatedSignature: string | undefined;
};

/** A callback, or what the REST API answers, which tells of no event. */
export type Message = { request: SignatureRequest; event: CallbackEvent | undefined };

/** Statuses of a signature once the request has gone out; before that it is on hold. */
const out = new Set(["awaiting_signature", "signed", "declined", "expired", "reassigned"]);

const notSentYet = /^signature_request_(prepared|invalid)$|_error$/;

/** Whether the body shows that the request has been sent. */
export function isSent({ request, event }: Message): boolean {
  if (event !== undefined && notSentYet.test(event.type)) return false;
  return (request.signers ?? []).some(({ status }) => status !== undefined && out.has(status));
}

/** When it came to be their turn, or undefined while somebody before them has not signed. */
export function turnOf(signer: Signer, all: readonly Signer[], sentAt: string): string | undefined {
  const { order } = signer;
  const before = all.filter((one) => order !== undefined && (one.order ?? order) < order);
  const times = before.map((one) => one.signedAt);
  if (times.includes(undefined)) return undefined;
  return [sentAt, ...times.filter((time) => time !== undefined)].toSorted().at(-1);
}
