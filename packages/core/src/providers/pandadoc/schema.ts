import { z } from "zod";
import { toInstant } from "../../instant.ts";
import { clip, limits } from "../../limits.ts";
import { parseJson, whyUnread } from "../json-text.ts";
import { lenient, textIn, textOf } from "../lenient.ts";
import type { PandaDocument, PandaRecipient, Person } from "./document.ts";

const person = {
  id: lenient.text(limits.externalId),
  email: lenient.email,
  first_name: lenient.text(limits.name),
  last_name: lenient.text(limits.name),
};

const recipient = {
  ...person,
  contact_id: lenient.text(limits.externalId),
  recipient_type: lenient.word,
  signing_order: lenient.order,
  has_completed: lenient.read((value) => value === true),
  signature_date: lenient.instant,
};

/** The fields that webhooks and GET /public/v1/documents/{id}/details share: openapi.yaml v8.8.0. */
const data = z.object({
  id: lenient.text(Infinity),
  name: lenient.text(limits.title),
  status: lenient.word,
  created_by: lenient.object(person),
  sent_by: lenient.object(person),
  metadata: z.record(z.string(), z.unknown()).optional().catch(undefined),
  linked_objects: lenient.list({
    provider: lenient.word,
    entity_type: lenient.word,
    entity_id: lenient.text(limits.fieldValue),
  }),
  grand_total: lenient.object({
    amount: lenient.read((value) => Number(textOf(value, limits.note))),
    currency: lenient.text(limits.note),
  }),
  date_created: lenient.instant,
  date_sent: lenient.instant,
  date_completed: lenient.instant,
  date_modified: lenient.instant,
  expiration_date: lenient.read((value) =>
    value === null ? null : (toInstant(value) ?? undefined),
  ),
  action_by: lenient.object(person),
  action_date: lenient.instant,
  action_on: lenient.instant,
  recipients: lenient.list(recipient),
});

type Data = z.infer<typeof data>;

const message = z.object({ event: lenient.word, data: data.optional().catch(undefined) });

/** `problem` says why one of the messages could not be read. */
export type Reading = { documents: PandaDocument[]; problem: string | undefined };

/** A webhook's body: a list of messages, or one alone. Those about templates and the like are left out. */
export function readMessages(body: Uint8Array): Reading {
  const text = textIn(body);
  const parsed = parseJson(text);
  if (typeof parsed !== "object" || parsed === null) return unreadable(whyUnread(text));
  if (Array.isArray(parsed) && parsed.length > limits.reports)
    return unreadable("too-many-documents");
  const read = (Array.isArray(parsed) ? parsed : [parsed]).map(readMessage);
  const problem = read.length === 0 ? "no-event" : read.find((one) => typeof one === "string");
  return { documents: read.filter((one) => typeof one === "object" && one !== null), problem };
}

function unreadable(problem: string): Reading {
  return { documents: [], problem };
}

/** An answer of the API: a document's details. */
export function readDetails(body: Uint8Array): PandaDocument | string {
  const { success, data: read } = data.safeParse(parseJson(textIn(body)));
  return success ? documentOf(undefined, read) : "not-json";
}

/** Null where it is about no document. */
function readMessage(value: unknown): PandaDocument | string | null {
  const { success, data: read } = message.safeParse(value);
  if (!success || read.event === undefined) return "no-event";
  if (/^(template|content_library_item)_/.test(read.event)) return null;
  return read.data === undefined ? "no-document-id" : documentOf(read.event, read.data);
}

function documentOf(event: string | undefined, read: Data): PandaDocument | string {
  if (read.id === undefined || read.id.length > limits.externalId) return "no-document-id";
  return {
    id: read.id,
    event,
    status: read.status?.replace(/^document\./, ""),
    title: read.name,
    createdBy: read.created_by && personOf(read.created_by),
    sentBy: read.sent_by && personOf(read.sent_by),
    metadata: read.metadata,
    linkedObjects: (read.linked_objects ?? []).flatMap(linkedObjectOf),
    amount: amountOf(read.grand_total),
    createdAt: read.date_created,
    sentAt: read.date_sent,
    completedAt: read.date_completed,
    modifiedAt: read.date_modified,
    expiresAt: read.expiration_date,
    actor: read.action_by && personOf(read.action_by),
    actedAt: read.action_date ?? read.action_on,
    recipients: read.recipients && recipientsOf(read.recipients),
  };
}

function personOf(read: NonNullable<Data["created_by"]>): Person {
  const name = [read.first_name, read.last_name].filter((part) => part !== undefined).join(" ");
  return { id: read.id, name: clip(name, limits.name) || undefined, email: read.email };
}

function linkedObjectOf(read: NonNullable<Data["linked_objects"]>[number]) {
  const { provider, entity_type: entityType, entity_id: entityId } = read ?? {};
  if (provider === undefined || entityType === undefined || entityId === undefined) return [];
  return [{ provider, entityType, entityId }];
}

/** Every document has a total; one without prices has 0, which says nothing about the contract's worth. */
function amountOf(read: Data["grand_total"]): PandaDocument["amount"] {
  if (read === undefined || !Number.isFinite(read.amount) || read.amount <= 0) return undefined;
  return { value: read.amount, currency: read.currency ?? null };
}

/** One entry per recipient: who has several roles is listed several times in older bodies. */
function recipientsOf(list: NonNullable<Data["recipients"]>): PandaRecipient[] {
  const recipients = list.slice(0, limits.recipients).flatMap((read) => {
    const { id: key } = read ?? {};
    if (read === null || key === undefined) return [];
    const { name, email } = personOf(read);
    return [
      {
        key,
        contactId: read.contact_id,
        name,
        email,
        role: read.recipient_type,
        order: read.signing_order,
        hasCompleted: read.has_completed,
        signedAt: read.signature_date,
      },
    ];
  });
  return [...new Map(recipients.map((one) => [one.key, one])).values()];
}
