import { z } from "zod";
import { limits } from "../../limits.ts";
import { jsonObjectIn, whyUnread } from "../json-text.ts";
import { lenient, textIn } from "../lenient.ts";
import type { DocumensoDocument, DocumensoRecipient } from "./document.ts";

/** Without `token`, which opens the signing page: it is never read. */
const recipient = {
  id: lenient.text(limits.externalId),
  name: lenient.text(limits.name),
  email: lenient.email,
  role: lenient.word,
  signingOrder: lenient.order,
  sendStatus: lenient.word,
  readStatus: lenient.word,
  signingStatus: lenient.word,
  signedAt: lenient.instant,
  expiresAt: lenient.instant,
  expired: lenient.instant,
  expirationNotifiedAt: lenient.instant,
  rejectionReason: lenient.text(limits.reason),
};

/** The fields that webhooks (ZWebhookDocumentSchema) and GET /envelope/{id} (ZEnvelopeSchema) share. */
const payload = z.object({
  id: lenient.text(Infinity),
  envelopeId: lenient.text(Infinity),
  externalId: lenient.text(limits.fieldValue),
  title: lenient.text(limits.title),
  status: lenient.word,
  createdAt: lenient.instant,
  updatedAt: lenient.instant,
  completedAt: lenient.instant,
  deletedAt: lenient.instant,
  user: lenient.object({ name: lenient.text(limits.name), email: lenient.email }),
  recipients: lenient.list(recipient),
  Recipient: lenient.list(recipient),
});

type Payload = z.infer<typeof payload>;

const message = z.object({
  event: lenient.text(limits.note),
  createdAt: lenient.instant,
  payload: z.unknown(),
});

/** The document of the console's test button. */
const testId = "env_123";

/** A webhook's document, null where it is about none, or why it cannot be read. */
export function readMessage(body: Uint8Array): DocumensoDocument | string | null {
  const text = textIn(body);
  const outer = jsonObjectIn(text);
  if (outer === null) return whyUnread(text);
  const { data: read } = message.safeParse(unwrapped(outer));
  const event = read?.event?.toUpperCase();
  if (event === undefined) return "no-event";
  if (event.startsWith("TEMPLATE_")) return null;
  const { data } = payload.safeParse(read?.payload);
  if (data?.envelopeId === testId) return null;
  return documentOf(data, { event, attemptedAt: read?.createdAt });
}

/** An envelope, or a document by its number, out of an answer of the API. */
export function readEnvelope(json: unknown): DocumensoDocument | string {
  const { data } = payload.safeParse(json);
  return documentOf(data, { event: undefined, attemptedAt: undefined });
}

/** From 13 March to 22 April 2026 resent bodies came as the payload of another: documenso#2710. */
function unwrapped(outer: object): object {
  let body = outer;
  for (let depth = 0; depth < 4; depth += 1) {
    const inner: unknown = "payload" in body ? body.payload : undefined;
    if (typeof inner !== "object" || inner === null) break;
    if (!("event" in inner && "payload" in inner)) break;
    body = inner;
  }
  return body;
}

function documentOf(
  read: Payload | undefined,
  told: Pick<DocumensoDocument, "event" | "attemptedAt">,
): DocumensoDocument | string {
  const id = read?.envelopeId ?? read?.id;
  if (read === undefined || id === undefined || id.length > limits.externalId)
    return "no-document-id";
  const listed = read.recipients ?? read.Recipient;
  return {
    id,
    ...told,
    status: read.status,
    title: read.title,
    externalId: read.externalId,
    owner: read.user && { name: read.user.name, email: read.user.email },
    createdAt: read.createdAt,
    updatedAt: read.updatedAt,
    closedAt: read.completedAt,
    deletedAt: read.deletedAt,
    recipients: listed && recipientsOf(listed),
  };
}

function recipientsOf(list: NonNullable<Payload["recipients"]>): DocumensoRecipient[] {
  const recipients = list.slice(0, limits.recipients).flatMap((read) => {
    const key = read?.id ?? read?.email?.toLowerCase();
    if (read === null || key === undefined) return [];
    return [
      {
        key,
        name: read.name,
        email: read.email,
        role: read.role,
        order: read.signingOrder,
        wasSent: read.sendStatus === "sent",
        hasOpened: read.readStatus === "opened",
        signing: read.signingStatus,
        actedAt: read.signedAt,
        linkExpiresAt: read.expiresAt ?? read.expired,
        linkExpiredAt: read.expirationNotifiedAt,
        rejectionReason: read.rejectionReason,
      },
    ];
  });
  return [...new Map(recipients.map((one) => [one.key, one])).values()];
}
