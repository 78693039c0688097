import { XMLParser, XMLValidator } from "fast-xml-parser";
import { z } from "zod";
import { toInstant } from "../../instant.ts";
import { limits } from "../../limits.ts";
import { fieldsOf, lenient } from "../lenient.ts";
import { roleOf, unreadable, type EnvelopeRecipient, type Reading } from "./envelope.ts";

/** DocuSign's own account data, which it adds to the sender's custom fields. */
const ownFields = new Set(["AccountId", "AccountName", "AccountSite"]);

/** Local times without a zone, read once the offset is known. */
const localTime = lenient.text(limits.note);

const recipient = {
  RecipientId: lenient.text(limits.externalId),
  Type: lenient.word,
  UserName: lenient.text(limits.name),
  Email: lenient.email,
  RoutingOrder: lenient.order,
  Status: lenient.word,
  Sent: localTime,
  Delivered: localTime,
  Signed: localTime,
  Declined: localTime,
  DeclineReason: lenient.text(limits.reason),
};

const status = {
  EnvelopeID: lenient.text(Infinity),
  Status: lenient.word,
  Subject: lenient.text(limits.title),
  UserName: lenient.text(limits.name),
  Email: lenient.email,
  TimeGenerated: localTime,
  Created: localTime,
  Sent: localTime,
  Delivered: localTime,
  Completed: localTime,
  Declined: localTime,
  VoidReason: lenient.text(limits.reason),
  CustomFields: lenient.object({
    CustomField: lenient.list({ Name: lenient.text(limits.fieldName), Value: z.unknown() }),
  }),
  RecipientStatuses: lenient.object({ RecipientStatus: lenient.list(recipient) }),
};

const aggregate = z.object({
  DocuSignEnvelopeInformation: z.object({
    EnvelopeStatus: z.object(status),
    TimeZoneOffset: lenient.text(limits.note),
  }),
});

type Status = z.infer<z.ZodObject<typeof status>>;

const parser = new XMLParser({
  parseTagValue: false,
  removeNSPrefix: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  // Numbers such as `&#252;` too. Without a DOCTYPE what a reference stands for is never longer than it.
  htmlEntities: true,
  maxNestedTags: 32,
  isArray: (name) => name === "RecipientStatus" || name === "CustomField",
});

/**
 * The legacy aggregate, `DocuSignEnvelopeInformation`: the state of an envelope without an event. Times
 * are local to `TimeZoneOffset`, or to `fallbackOffset` hours from UTC where that is missing.
 */
export function readAggregate(text: string, fallbackOffset: number): Reading {
  if (/<!DOCTYPE/i.test(text)) return unreadable("xml-doctype");
  const { success, data } = aggregate.safeParse(parse(text));
  if (!success) return unreadable("not-an-envelope-xml");
  const { EnvelopeStatus: read, TimeZoneOffset: offset } = data.DocuSignEnvelopeInformation;
  const id = read.EnvelopeID?.toLowerCase();
  if (id === undefined || id.length > limits.externalId) return unreadable("no-envelope-id");
  return envelopeOf(id, read, offsetOf(offset) ?? fallbackOffset);
}

/** Without the documents, which may be megabytes that nobody reads. Null where it is no XML. */
function parse(text: string): unknown {
  try {
    const slim = text.replaceAll(/<PDFBytes>[^<]*/g, "<PDFBytes>");
    return XMLValidator.validate(slim) === true ? parser.parse(slim) : null;
  } catch {
    return null;
  }
}

function offsetOf(text: string | undefined): number | null {
  const hours = text === undefined ? NaN : Number(text);
  return Math.abs(hours) <= 14 ? hours : null;
}

function envelopeOf(id: string, read: Status, offset: number): Reading {
  const at = (local: string | undefined) => toInstant(local, offset) ?? undefined;
  const fields = read.CustomFields?.CustomField?.filter(
    (field) => !ownFields.has(field?.Name ?? ""),
  );
  return {
    kind: "envelope",
    envelope: {
      id,
      event: undefined,
      eventRecipient: undefined,
      generatedAt: at(read.TimeGenerated),
      status: read.Status,
      title: read.Subject,
      sender: { name: read.UserName, email: read.Email },
      fields:
        fields && fieldsOf(fields.flatMap((field) => (field ? [[field.Name, field.Value]] : []))),
      expiresAt: undefined,
      createdAt: at(read.Created),
      sentAt: at(read.Sent),
      deliveredAt: at(read.Delivered),
      completedAt: at(read.Completed),
      declinedAt: at(read.Declined),
      voidedAt: undefined,
      voidedReason: read.VoidReason,
      deletedAt: undefined,
      statusChangedAt: undefined,
      modifiedAt: undefined,
      recipients: read.RecipientStatuses?.RecipientStatus?.slice(0, limits.recipients).flatMap(
        (one) => recipientOf(one, at) ?? [],
      ),
    },
  };
}

function recipientOf(
  read: z.infer<z.ZodObject<typeof recipient>> | null,
  at: (local: string | undefined) => string | undefined,
): EnvelopeRecipient | null {
  if (read?.RecipientId === undefined) return null;
  const sentAt = at(read.Sent);
  return {
    key: read.RecipientId.toLowerCase(),
    alias: undefined,
    role: roleOf(read.Type),
    name: read.UserName,
    email: read.Email,
    order: read.RoutingOrder,
    status: read.Status,
    sentAt,
    deliveredAt: at(read.Delivered),
    signedAt: at(read.Signed),
    declinedAt: at(read.Declined),
    reason: read.DeclineReason,
    bouncedSending: read.Status === "autoresponded" ? sentAt : undefined,
  };
}
