import { z } from "zod";
import { limits } from "../../limits.ts";
import { lenient } from "../lenient.ts";
import type { Agreement, Message, Moment, Participant } from "./agreement.ts";
import { keyOf, participantsIn, participantSet, word } from "./participants.ts";

const copies = lenient.list({ email: lenient.email });

const comment = lenient.object({ comment: lenient.text(limits.reason) });

/** The same in a webhook and in GET /agreements/{id}; `signedDocumentInfo` is never read. */
const agreement = lenient.object({
  id: lenient.text(Infinity),
  name: lenient.text(limits.title),
  status: word,
  createdDate: lenient.instant,
  expirationTime: lenient.instant,
  senderEmail: lenient.email,
  externalId: lenient.object({ id: lenient.text(limits.fieldValue) }),
  participantSetsInfo: lenient.object({ participantSets: lenient.list(participantSet) }),
  ccs: copies,
});

/** An entry of GET /agreements/{id}/events. */
const event = {
  type: word,
  date: lenient.instant,
  participantEmail: lenient.email,
  participantId: lenient.text(limits.externalId),
  participantRole: word,
  actingUserEmail: lenient.email,
  actingUserName: lenient.text(limits.name),
  actingUserIpAddress: lenient.text(limits.note),
  description: lenient.text(limits.reason),
  comment: lenient.text(limits.reason),
};

const events = z.object({ events: lenient.list(event) });

const members = z.object({ participantSets: lenient.list(participantSet), ccsInfo: copies });

/** A webhook, or what `client.ts` puts together of three answers of the REST API. */
const message = z.object({
  event: word,
  subEvent: word,
  eventDate: lenient.instant,
  participantRole: word,
  participantUserEmail: lenient.email,
  participantUserId: lenient.text(limits.externalId),
  actingUserEmail: lenient.email,
  actingUserId: lenient.text(limits.externalId),
  agreementCancellationInfo: comment,
  agreementExpirationInfo: comment,
  agreement,
  members: members.optional().catch(undefined),
  events: events.optional().catch(undefined),
});

type Read = z.infer<typeof message>;

/** What a body says, that it is about no agreement, or why it cannot be read. */
export type Reading =
  | { kind: "agreement"; message: Message }
  | { kind: "other" }
  | { kind: "unreadable"; reason: string };

export function readMessage(body: object): Reading {
  const { success, data: read } = message.safeParse(body);
  if (!success) return { kind: "unreadable", reason: "not-an-object" };
  if (/^(WIDGET|MEGASIGN|LIBRARY_DOCUMENT)_/.test(read.event ?? "")) return { kind: "other" };
  const moments = momentsIn(read);
  if (moments === undefined) return { kind: "unreadable", reason: "no-event" };
  const agreement = agreementIn(read);
  if (agreement === undefined) return { kind: "unreadable", reason: "no-agreement-id" };
  return { kind: "agreement", message: { agreement, moments } };
}

/** Throws where the value is no object. */
export function readTrail(value: unknown) {
  return events.parse(value).events ?? [];
}

/** Throws where the value is no object. */
export function readMembers(value: unknown): Participant[] {
  return participantsIn(members.parse(value).participantSets ?? []);
}

function agreementIn({ agreement, members }: Read): Agreement | undefined {
  if (agreement?.id === undefined || agreement.id.length > limits.externalId) return undefined;
  const sets = agreement.participantSetsInfo?.participantSets ?? members?.participantSets;
  const copied = [...(agreement.ccs ?? []), ...(members?.ccsInfo ?? [])];
  return {
    id: agreement.id,
    title: agreement.name,
    status: agreement.status,
    senderEmail: agreement.senderEmail,
    createdAt: agreement.createdDate,
    expiresAt: agreement.expirationTime,
    externalId: agreement.externalId?.id,
    participants: sets && participantsIn(sets),
    copies: [...new Set(copied.flatMap((copy) => copy?.email ?? []))],
  };
}

function momentsIn(read: Read): Moment[] | undefined {
  if (read.event !== undefined) return [momentOf(read.event, read)];
  return read.events?.events?.flatMap((one) => {
    if (one?.type === undefined) return [];
    return {
      type: one.type,
      subType: undefined,
      at: one.date,
      participant: keyOf(one.participantEmail, one.participantId),
      acting: keyOf(one.actingUserEmail),
      role: one.participantRole,
      comment: one.comment,
    };
  });
}

function momentOf(event: string, read: Read): Moment {
  const { agreementCancellationInfo: cancellation, agreementExpirationInfo: expiration } = read;
  return {
    type: event.replace(/^AGREEMENT_/, ""),
    subType: read.subEvent,
    at: read.eventDate,
    participant: keyOf(read.participantUserEmail, read.participantUserId),
    acting: keyOf(read.actingUserEmail, read.actingUserId),
    role: read.participantRole,
    comment: cancellation?.comment ?? expiration?.comment,
  };
}
