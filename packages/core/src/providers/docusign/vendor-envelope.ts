import {
  progressOf,
  type Progress,
  type RecipientProgress,
  type Step,
  type Walk,
} from "../vendor-side.ts";

export const account = {
  accountId: "5f0c1a52-0000-4000-8000-00000000000a",
  userId: "5f0c1a52-0000-4000-8000-00000000000b",
};

/** The envelope of a walk after its last step: `envelopeSummary` of a message, or the answer of the API. */
export function envelope(walk: Walk, steps: readonly Step[]) {
  const { at: times, reason, recipients } = progressOf(walk, steps);
  const at = steps.at(-1)?.at;
  const voidedDateTime = times.voided ?? times.expired;
  return {
    status: statusOf(times, recipients),
    emailSubject: walk.title,
    envelopeId: walk.externalId,
    createdDateTime: times.created ?? times.sent,
    initialSentDateTime: times.sent,
    sentDateTime: times.sent,
    deliveredDateTime: lastView(recipients),
    completedDateTime: times.completed,
    declinedDateTime: times.declined,
    voidedDateTime,
    voidedReason: times.expired ? "Envelope has expired." : voidedDateTime && (reason ?? ""),
    statusChangedDateTime: at,
    lastModifiedDateTime: at,
    sender: { ...account, userName: walk.sender.name, email: walk.sender.email },
    customFields: {
      textCustomFields: Object.entries(walk.fields).map(([name, value], index) => ({
        fieldId: String(index + 1),
        name,
        show: "false",
        required: "false",
        value,
      })),
      listCustomFields: [],
    },
    recipients: {
      signers: recipients.map((one) => signer(one, reason)),
      carbonCopies: [],
      certifiedDeliveries: [],
      inPersonSigners: [],
      recipientCount: String(recipients.length),
    },
  };
}

function signer(one: RecipientProgress, reason: string | undefined) {
  return {
    name: one.name,
    email: one.email,
    recipientId: one.key,
    routingOrder: String(one.order),
    recipientType: "signer",
    deliveryMethod: "email",
    status: signerStatus(one),
    sentDateTime: one.sent,
    deliveredDateTime: one.viewed,
    signedDateTime: one.signed,
    declinedDateTime: one.declined,
    declinedReason: one.declined && reason,
  };
}

function signerStatus(one: RecipientProgress): string {
  if (one.declined) return "declined";
  if (one.signed) return "completed";
  if (one.viewed) return "delivered";
  return one.sent ? "sent" : "created";
}

function statusOf(times: Progress["at"], recipients: RecipientProgress[]): string {
  if (times.completed) return "completed";
  if (times.declined) return "declined";
  if (times.voided ?? times.expired) return "voided";
  if (lastView(recipients)) return "delivered";
  return times.sent ? "sent" : "created";
}

/** Its "delivered": once everybody has opened it. */
function lastView(recipients: RecipientProgress[]): Date | undefined {
  const views = recipients.map((one) => one.viewed);
  if (views.includes(undefined)) return undefined;
  return views
    .filter((view) => view !== undefined)
    .toSorted((a, b) => +a - +b)
    .at(-1);
}
