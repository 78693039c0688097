import {
  progressOf,
  type Progress,
  type RecipientProgress,
  type Samples,
  type Step,
  type Walk,
} from "../samples.ts";

const account = {
  accountId: "5f0c1a52-0000-4000-8000-00000000000a",
  userId: "5f0c1a52-0000-4000-8000-00000000000b",
};

/** DocuSign Connect with recipients and custom fields included, as connect.schema-v2.json names them. */
export const samples: Samples = {
  deliveryBodies(walk, steps) {
    const last = steps.at(-1);
    if (last === undefined) return [];
    const progress = progressOf(walk, steps);
    return eventsOf(last, progress).map(({ event, recipientId }) =>
      message(walk, progress, last.at, event, recipientId),
    );
  },
};

type Fired = { event: string; recipientId?: string };

/** Recipient events come before the envelope's, as in captured traffic. */
function eventsOf(step: Step, progress: Progress): Fired[] {
  const acting = (event: string): Fired[] =>
    step.recipientKey === undefined ? [] : [{ event, recipientId: step.recipientKey }];
  const turns = progress.recipients
    .filter((one) => one.sent?.getTime() === step.at.getTime())
    .map((one) => ({ event: "recipient-sent", recipientId: one.key }));
  const opened = progress.recipients.every((one) => one.viewed);
  const fired: Record<Step["kind"], Fired[]> = {
    created: [{ event: "envelope-created" }],
    sent: [...turns, { event: "envelope-sent" }],
    viewed: [
      ...acting("recipient-delivered"),
      ...(opened ? [{ event: "envelope-delivered" }] : []),
    ],
    signed: [...acting("recipient-completed"), ...turns],
    completed: [{ event: "envelope-completed" }],
    declined: [...acting("recipient-declined"), { event: "envelope-declined" }],
    voided: [{ event: "envelope-voided" }],
    expired: [{ event: "envelope-voided" }],
  };
  return fired[step.kind];
}

function message(
  walk: Walk,
  progress: Progress,
  at: Date,
  event: string,
  recipientId: string | undefined,
): Uint8Array {
  const body = {
    event,
    apiVersion: "v2.1",
    uri: `/restapi/v2.1/accounts/${account.accountId}/envelopes/${walk.externalId}`,
    retryCount: 0,
    configurationId: 10000001,
    generatedDateTime: at.toISOString().replace("Z", "0000Z"),
    data: {
      ...account,
      envelopeId: walk.externalId,
      recipientId,
      envelopeSummary: summary(walk, progress, at),
    },
  };
  return Buffer.from(JSON.stringify(body));
}

function summary(walk: Walk, { at: times, reason, recipients }: Progress, at: Date) {
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
