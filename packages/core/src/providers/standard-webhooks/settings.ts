import { z } from "zod";
import { eventTypes } from "../../contract-event.ts";
import { usualTolerance } from "../../signatures/timestamp.ts";
import { webAddress } from "../web-address.ts";

/** Dotted paths, of which the first that leads somewhere counts. */
const paths = (...defaults: string[]) => z.array(z.string().min(1)).default(defaults);

const places = ["data.contract", "data.document", "contract", "document"];

/** The names in a contract, in the data about it, and in the body as a whole. */
function anywhere(...names: string[]): string[] {
  return [...places, "data"]
    .flatMap((place) => names.map((name) => `${place}.${name}`))
    .concat(names);
}

/** From the top of a recipient. */
const recipientPaths = z.object({
  key: paths("id", "recipient_id", "signer_id", "email"),
  name: paths("name"),
  email: paths("email"),
  role: paths("role"),
  order: paths("order", "signing_order"),
  status: paths("status"),
  sentAt: paths("sent_at", "sentAt"),
  viewedAt: paths("viewed_at", "viewedAt"),
  signedAt: paths("signed_at", "signedAt"),
  declinedAt: paths("declined_at", "declinedAt"),
  reason: paths("decline_reason", "reason"),
});

/** From the top of the body: `{ type, timestamp, data: { … } }`, or the same without `data`. */
const bodyPaths = z.object({
  event: paths("type", "event", "event_type", "eventType", "event.type", "event.name"),
  occurredAt: paths("timestamp", "occurred_at", "occurredAt", "data.occurred_at", "data.timestamp"),
  contract: paths(
    ...places.map((place) => `${place}.id`),
    ...["contract_id", "contractId", "document_id", "documentId"].flatMap((name) => [
      `data.${name}`,
      name,
    ]),
    "data.id",
  ),
  title: paths(...anywhere("title", "name")),
  senderName: paths(...anywhere("sender.name")),
  senderEmail: paths(...anywhere("sender.email")),
  recipients: paths(...anywhere("recipients", "signers")),
  recipient: recipientPaths.prefault({}),
  /** Who did what the event reports: a recipient, or the e-mail address of one. */
  actor: paths("data.recipient", "data.signer", "recipient", "signer"),
  fields: paths(...anywhere("metadata", "custom_fields", "fields")),
  externalId: paths(...anywhere("external_id", "externalId")),
  reason: paths("data.reason", "reason", ...anywhere("decline_reason", "void_reason")),
  amount: paths(...anywhere("amount.value", "amount")),
  currency: paths(...anywhere("amount.currency", "currency")),
  expiresAt: paths(...anywhere("expires_at", "expiresAt")),
  /** Where people open a contract. Without a default, since what is called `url` may be a signing link. */
  url: paths(),
});

export const settings = z.object({
  /** Of the three headers; `svix-` for platforms that name them so. */
  headerPrefix: z.string().min(1).toLowerCase().default("webhook-"),
  /** Seconds between signing and arrival. The reference libraries take 300. */
  toleranceSeconds: z.number().int().min(0).max(86_400).default(usualTolerance),
  paths: bodyPaths.prefault({}),
  /** `<their event name>: <our event type>`, or `ignored`. Before the usual words of event-names.ts. */
  events: z.record(z.string(), z.enum([...eventTypes, "ignored"])).default({}),
  /** Whether the list of recipients names everybody, so that whoever is missing has been removed. */
  recipientsAreComplete: z.boolean().default(true),
  /** Where people open a contract, `{id}` standing for its id, if the body does not say. */
  contractUrl: webAddress.optional(),
});

export type Settings = z.infer<typeof settings>;
