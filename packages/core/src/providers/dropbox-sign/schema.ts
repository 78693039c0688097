import { z } from "zod";
import { limits } from "../../limits.ts";
import { fieldsOf, lenient } from "../lenient.ts";
import type { Message, SignatureRequest, Signer } from "./signature-request.ts";

/** Seconds since 1970, as a number or in digits; 0 is no time. */
const time = lenient.read((value) => {
  const seconds = typeof value === "string" && /^\d{1,12}$/.test(value) ? Number(value) : value;
  return seconds === 0 ? undefined : lenient.instant.parse(seconds);
});

/** 0 and null both say never. */
const expiry = lenient.read((value) => (value === 0 || value === null ? null : time.parse(value)));

const flag = lenient.read((value) => value === true);

/** Counted from 0 by Dropbox Sign, from 1 by us. */
const order = lenient.read((value) =>
  typeof value === "number" ? lenient.order.parse(value + 1) : undefined,
);

/**
 * Where the requester and the signers see the state once they have signed in. Nothing else that stands
 * there is taken, since `signing_url` and others of its kind are keys.
 */
const detailsUrl = lenient.read((value) => {
  const url = typeof value === "string" && value.length <= limits.url ? URL.parse(value) : null;
  return url?.protocol === "https:" && url.pathname === "/home/manage" ? url.href : undefined;
});

/** Metadata may hold objects; what is in them is named `outer.inner`. */
const metadata = lenient.first(
  (value) => value,
  z
    .record(z.string(), z.unknown())
    .transform((outer) => fieldsOf(Object.entries(outer).flatMap(entriesOf)))
    .optional()
    .catch(undefined),
);

function entriesOf([name, value]: [string, unknown]): [string, unknown][] {
  if (typeof value !== "object" || value === null) return [[name, value]];
  return Object.entries(value).map(([inner, held]) => [`${name}.${inner}`, held]);
}

const signer = {
  signature_id: lenient.text(limits.externalId),
  signer_email_address: lenient.email,
  signer_name: lenient.text(limits.name),
  signer_role: lenient.text(limits.note),
  order,
  status_code: lenient.word,
  signed_at: time,
  last_viewed_at: time,
  decline_reason: lenient.text(limits.reason),
  reassigned_from: lenient.text(limits.externalId),
  reassignment_reason: lenient.text(limits.reason),
};

/** `SignatureRequestResponse` of hellosign/hellosign-openapi. */
const signatureRequest = {
  signature_request_id: lenient.text(Infinity),
  title: lenient.text(limits.title),
  subject: lenient.text(limits.title),
  original_title: lenient.text(limits.title),
  requester_email_address: lenient.email,
  metadata,
  details_url: detailsUrl,
  created_at: time,
  expires_at: expiry,
  is_complete: flag,
  is_declined: flag,
  signatures: lenient.list(signer),
  cc_email_addresses: z.array(lenient.email).optional().catch(undefined),
};

const message = z.object({
  event: lenient.object({
    event_type: lenient.word,
    event_time: time,
    event_metadata: lenient.object({ related_signature_id: lenient.text(limits.externalId) }),
  }),
  signature_request: lenient.object(signatureRequest),
});

/** What a body says, that it is about no signature request, or why it cannot be read. */
export type Reading =
  | { kind: "request"; message: Message }
  | { kind: "other" }
  | { kind: "unreadable"; reason: string };

/**
 * A callback or an answer of the REST API. Callbacks about accounts and templates, the console's test and
 * errors of nothing in particular have no signature request.
 */
export function readMessage(body: object): Reading {
  const { success, data: read } = message.safeParse(body);
  if (!success) return { kind: "unreadable", reason: "not-an-object" };
  const type = read.event?.event_type;
  const request = requestOf(read.signature_request);
  if (type === undefined && request === undefined)
    return { kind: "unreadable", reason: "no-event" };
  if (request === undefined) {
    const isAboutOne = type?.startsWith("signature_request_") || read.signature_request;
    return isAboutOne
      ? { kind: "unreadable", reason: "no-signature-request-id" }
      : { kind: "other" };
  }
  if (type === "callback_test") return { kind: "other" };
  const event = type === undefined ? undefined : eventOf(type, read);
  return { kind: "request", message: { request, event } };
}

function eventOf(type: string, { event }: z.infer<typeof message>): Message["event"] {
  const relatedSignature = event?.event_metadata?.related_signature_id;
  return { type, at: event?.event_time, relatedSignature };
}

/** One entry of a list of signature requests, or undefined where it is none. */
export function readRequest(value: unknown): SignatureRequest | undefined {
  return requestOf(z.object(signatureRequest).safeParse(value).data);
}

function requestOf(
  read: z.infer<z.ZodObject<typeof signatureRequest>> | undefined,
): SignatureRequest | undefined {
  const id = read?.signature_request_id;
  if (read === undefined || id === undefined || id.length > limits.externalId) return undefined;
  return {
    id,
    title: read.title ?? read.subject ?? read.original_title,
    senderEmail: read.requester_email_address,
    fields: read.metadata,
    url: read.details_url,
    createdAt: read.created_at,
    expiresAt: read.expires_at,
    isComplete: read.is_complete,
    isDeclined: read.is_declined,
    signers: read.signatures && signersIn(read.signatures),
    copies: (read.cc_email_addresses ?? []).filter((email) => email !== undefined),
  };
}

function signersIn(list: readonly (z.infer<z.ZodObject<typeof signer>> | null)[]): Signer[] {
  const signers = list.flatMap((read) => (read ? (signerOf(read) ?? []) : []));
  return [...new Map(signers.map((one) => [one.key, one])).values()].slice(0, limits.recipients);
}

function signerOf(read: z.infer<z.ZodObject<typeof signer>>): Signer | undefined {
  if (read.signature_id === undefined) return undefined;
  return {
    key: read.signature_id,
    name: read.signer_name,
    email: read.signer_email_address,
    role: read.signer_role,
    order: read.order,
    status: read.status_code,
    signedAt: read.signed_at,
    viewedAt: read.last_viewed_at,
    declineReason: read.decline_reason,
    reassignedFrom: read.reassigned_from,
    reassignmentReason: read.reassignment_reason,
  };
}
