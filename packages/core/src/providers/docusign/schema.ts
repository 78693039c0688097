import { z } from "zod";
import { limits } from "../../limits.ts";
import { fieldsOf, lenient } from "../lenient.ts";
import {
  roleOf,
  unreadable,
  type Envelope,
  type EnvelopeRecipient,
  type Reading,
} from "./envelope.ts";

/** One recipient of any group. In-person signers carry their own name as `signerName`. */
const recipient = {
  recipientId: lenient.text(limits.externalId),
  recipientIdGuid: lenient.text(limits.externalId),
  name: lenient.text(limits.name),
  signerName: lenient.text(limits.name),
  email: lenient.email,
  signerEmail: lenient.email,
  routingOrder: lenient.order,
  status: lenient.word,
  sentDateTime: lenient.instant,
  deliveredDateTime: lenient.instant,
  signedDateTime: lenient.instant,
  declinedDateTime: lenient.instant,
  declinedReason: lenient.text(limits.reason),
  autoRespondedReason: lenient.text(limits.reason),
};

const customField = { name: z.unknown(), value: z.unknown() };

const group = lenient.list(recipient);

/** `envelopeSummary` of connect.schema-v2.json in docusign/OpenAPI-Specifications: every scalar is text. */
const summary = {
  status: lenient.word,
  emailSubject: lenient.text(limits.title),
  sender: lenient.object({ userName: lenient.text(limits.name), email: lenient.email }),
  customFields: lenient.object({
    textCustomFields: lenient.list(customField),
    listCustomFields: lenient.list(customField),
  }),
  recipients: lenient.object({
    signers: group,
    inPersonSigners: group,
    witnesses: group,
    notaries: group,
    seals: group,
    agents: group,
    editors: group,
    intermediaries: group,
    carbonCopies: group,
    certifiedDeliveries: group,
  }),
  expireEnabled: lenient.word,
  expireDateTime: lenient.instant,
  createdDateTime: lenient.instant,
  initialSentDateTime: lenient.instant,
  sentDateTime: lenient.instant,
  deliveredDateTime: lenient.instant,
  completedDateTime: lenient.instant,
  declinedDateTime: lenient.instant,
  voidedDateTime: lenient.instant,
  voidedReason: lenient.text(limits.reason),
  deletedDateTime: lenient.instant,
  statusChangedDateTime: lenient.instant,
  lastModifiedDateTime: lenient.instant,
};

const envelopeId = lenient.text(Infinity);

const data = { ...summary, envelopeId, recipientId: recipient.recipientId };

const message = lenient.object({
  ...data,
  event: lenient.word,
  generatedDateTime: lenient.instant,
  data: lenient.object({ ...data, envelopeSummary: lenient.object({ ...summary, envelopeId }) }),
});

type Summary = z.infer<z.ZodObject<typeof summary>>;

/**
 * A JSON message. The summary is missing where the connection does not include it; in the aggregate
 * format the whole message is the summary and names no event.
 */
export function readMessage(body: object): Reading {
  const read = message.parse(body);
  if (read === undefined) return unreadable("not-an-object");
  if (/^(template|click)-/.test(read.event ?? "")) return { kind: "other" };
  const from = read.data?.envelopeSummary ?? read.data ?? read;
  const id = (read.data?.envelopeId ?? from.envelopeId)?.toLowerCase();
  if (id === undefined || id.length > limits.externalId) return unreadable("no-envelope-id");
  if (read.event === undefined && from.status === undefined) return unreadable("no-event");
  return {
    kind: "envelope",
    envelope: {
      id,
      event: read.event,
      eventRecipient: read.data?.recipientId,
      generatedAt: read.generatedDateTime,
      ...summaryOf(from),
    },
  };
}

function summaryOf(
  read: Summary,
): Omit<Envelope, "id" | "event" | "eventRecipient" | "generatedAt"> {
  return {
    status: read.status,
    title: read.emailSubject,
    sender: read.sender && { name: read.sender.userName, email: read.sender.email },
    fields: read.customFields && fieldsIn(read.customFields),
    expiresAt: read.expireEnabled === "false" ? null : read.expireDateTime,
    createdAt: read.createdDateTime,
    sentAt: read.initialSentDateTime ?? read.sentDateTime,
    deliveredAt: read.deliveredDateTime,
    completedAt: read.completedDateTime,
    declinedAt: read.declinedDateTime,
    voidedAt: read.voidedDateTime,
    voidedReason: read.voidedReason,
    deletedAt: read.deletedDateTime,
    statusChangedAt: read.statusChangedDateTime,
    modifiedAt: read.lastModifiedDateTime,
    recipients: read.recipients && recipientsIn(read.recipients),
  };
}

function fieldsIn(read: NonNullable<Summary["customFields"]>): Record<string, string> {
  const all = [...(read.textCustomFields ?? []), ...(read.listCustomFields ?? [])];
  return fieldsOf(all.flatMap((field) => (field ? [[field.name, field.value]] : [])));
}

/** Undefined where no group is there at all: then nothing is said about who is on it. */
function recipientsIn(read: NonNullable<Summary["recipients"]>): Envelope["recipients"] {
  const groups = Object.entries(read).filter(([, members]) => members !== undefined);
  if (groups.length === 0) return undefined;
  return groups
    .flatMap(([name, members]) =>
      (members ?? []).flatMap((member) => recipientOf(name, member) ?? []),
    )
    .slice(0, limits.recipients);
}

type Member = z.infer<z.ZodObject<typeof recipient>> | null;

function recipientOf(groupName: string, read: Member): EnvelopeRecipient | null {
  if (read?.recipientId === undefined) return null;
  return {
    key: read.recipientId,
    alias: read.recipientIdGuid?.toLowerCase(),
    role: roleOf(groupName),
    name: read.signerName ?? read.name,
    email: read.signerEmail ?? read.email,
    order: read.routingOrder,
    status: read.status,
    sentAt: read.sentDateTime,
    deliveredAt: read.deliveredDateTime,
    signedAt: read.signedDateTime,
    declinedAt: read.declinedDateTime,
    reason: read.declinedReason ?? read.autoRespondedReason,
    bouncedSending: undefined,
  };
}
