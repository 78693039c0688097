import {
  progressOf,
  type Progress,
  type RecipientProgress,
  type Step,
  type Walk,
} from "../vendor-side.ts";

/** A document as webhooks have it after some steps, each recipient twice and with their signing token. */
export function payloadOf(walk: Walk, steps: readonly Step[]) {
  const progress = progressOf(walk, steps);
  const recipients = progress.recipients.map((one) => recipientOf(one, walk, progress));
  return {
    id: 10_010,
    envelopeId: walk.externalId,
    ...shared(walk, progress),
    userId: 1,
    teamId: 1,
    recipients,
    Recipient: recipients,
  };
}

/** The same over the API, under its own names and with its owner and files. */
export function envelopeOf(walk: Walk, steps: readonly Step[]) {
  const progress = progressOf(walk, steps);
  return {
    internalVersion: 2,
    type: "DOCUMENT",
    id: walk.externalId,
    secondaryId: "document_10010",
    ...shared(walk, progress),
    recipients: progress.recipients.map((one) => recipientOf(one, walk, progress)),
    envelopeItems: [
      {
        id: `envelope_item_${walk.externalId}`,
        envelopeId: walk.externalId,
        title: walk.title,
        order: 1,
      },
    ],
    user: { id: 1, name: walk.sender.name, email: walk.sender.email },
    team: { id: 1, url: "sales" },
  };
}

/** Opening and signing do not touch the document's row, so that `updatedAt` stays what it was. */
function shared(walk: Walk, { at, recipients }: Progress) {
  const closedAt = at.completed ?? at.declined ?? at.voided;
  return {
    externalId: externalIdOf(walk.fields),
    title: walk.title,
    status: statusOf(at),
    source: "DOCUMENT",
    createdAt: at.created ?? at.sent,
    updatedAt: closedAt ?? at.sent ?? at.created,
    completedAt: closedAt ?? null,
    deletedAt: null,
    documentMeta: { signingOrder: isParallel(recipients) ? "PARALLEL" : "SEQUENTIAL" },
  };
}

function isParallel(recipients: RecipientProgress[]): boolean {
  return new Set(recipients.map((one) => one.order)).size <= 1;
}

function externalIdOf(fields: Walk["fields"]): string | null {
  const { external_id: own } = fields;
  if (own !== undefined) return own;
  const pairs = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? null : pairs.join(";");
}

function statusOf(at: Progress["at"]): string {
  if (at.completed) return "COMPLETED";
  if (at.declined) return "REJECTED";
  if (at.voided) return "CANCELLED";
  return at.sent ? "PENDING" : "DRAFT";
}

function recipientOf(one: RecipientProgress, walk: Walk, { at, reason }: Progress) {
  const acted = one.signed ?? one.declined;
  const ranOut = acted === undefined ? at.expired : undefined;
  return {
    id: Number.isNaN(Number(one.key)) ? one.key : Number(one.key),
    envelopeId: walk.externalId,
    documentId: 10_010,
    email: one.email,
    name: one.name,
    token: `signing-token-of-${one.key}`,
    expiresAt: ranOut ?? null,
    expirationNotifiedAt: ranOut ?? null,
    signedAt: acted ?? null,
    signingOrder: one.order,
    rejectionReason: one.declined ? (reason ?? "") : null,
    role: "SIGNER",
    readStatus: (one.viewed ?? acted) ? "OPENED" : "NOT_OPENED",
    signingStatus: signingStatusOf(one),
    sendStatus: one.sent ? "SENT" : "NOT_SENT",
  };
}

function signingStatusOf({ signed, declined }: RecipientProgress): string {
  if (signed) return "SIGNED";
  return declined ? "REJECTED" : "NOT_SIGNED";
}
