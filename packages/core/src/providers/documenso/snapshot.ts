import type { EventType } from "../../contract-event.ts";
import { earliest, type Happening } from "../facts.ts";
import {
  hasRejected,
  hasSigned,
  type DocumensoDocument,
  type DocumensoRecipient,
} from "./document.ts";

/**
 * What the document and its recipients show. What has no time of its own, such as an opening, happened by
 * `latestAt` at the latest: the earliest report stands.
 */
export function snapshot(document: DocumensoDocument, latestAt: string): Happening[] {
  const { recipients = [] } = document;
  return [
    ...documentMilestones(document, latestAt),
    ...recipients.flatMap((one) => recipientMilestones(one, document, latestAt)),
  ];
}

function documentMilestones(document: DocumensoDocument, latestAt: string): Happening[] {
  const { status, createdAt, closedAt, deletedAt, event } = document;
  const wasDeletedOpen = deletedAt !== undefined && (status === "pending" || status === "draft");
  return [
    ...at("contract.created", createdAt ?? (status === "draft" ? latestAt : undefined)),
    ...at("contract.sent", sentAt(document, latestAt)),
    ...at(
      "contract.completed",
      status === "completed" || event === "DOCUMENT_COMPLETED" ? (closedAt ?? latestAt) : undefined,
    ),
    ...rejection(document, latestAt),
    ...at("contract.voided", status === "cancelled" ? (closedAt ?? latestAt) : undefined),
    ...at("contract.voided", wasDeletedOpen ? deletedAt : undefined),
  ];
}

function at(type: EventType, time: string | undefined): Happening[] {
  return time === undefined ? [] : [{ type, at: time }];
}

/**
 * It was sent by the time its row last changed while it was open, and before anybody acted on it. A draft
 * that is deleted stays a draft.
 */
function sentAt(document: DocumensoDocument, latestAt: string): string | undefined {
  const { status, updatedAt, closedAt, recipients = [] } = document;
  if (!["pending", "completed", "rejected", "cancelled"].includes(status ?? "")) return undefined;
  const changedAt = status === "pending" ? updatedAt : closedAt;
  return earliest([changedAt, ...recipients.map((one) => one.actedAt), latestAt]);
}

/** The sealing of what somebody rejected sets `completedAt` too, later. */
function rejection(document: DocumensoDocument, latestAt: string): Happening[] {
  const { status, event, recipients = [], closedAt } = document;
  if (status !== "rejected" && event !== "DOCUMENT_REJECTED") return [];
  const by = recipients.filter(hasRejected);
  const first = earliest(by.map((one) => one.actedAt));
  const reason = by.find((one) => one.actedAt === first)?.rejectionReason;
  return [{ type: "contract.declined", at: first ?? closedAt ?? latestAt, reason }];
}

function recipientMilestones(
  one: DocumensoRecipient,
  document: DocumensoDocument,
  latestAt: string,
): Happening[] {
  const by = one.actedAt ?? latestAt;
  const about = (
    type: EventType,
    isSo: boolean,
    time = by,
    more?: Partial<Happening>,
  ): Happening[] => (isSo ? [{ type, recipient: one.key, at: time, ...more }] : []);
  return [
    ...about("recipient.sent", isInvited(one, document), invitedAt(document) ?? by),
    ...about("recipient.viewed", one.hasOpened),
    ...about("recipient.signed", hasSigned(one)),
    ...about("recipient.declined", hasRejected(one), by, { reason: one.rejectionReason }),
    ...expiredLink(one),
  ];
}

/** Copies are marked as sent from the start, and get theirs when all is done. */
function isInvited(one: DocumensoRecipient, { status }: DocumensoDocument): boolean {
  return one.wasSent && one.role !== "cc" && status !== undefined && status !== "draft";
}

/** The sending changes the document's row; the turn of those who sign later does not. */
function invitedAt({ event, updatedAt }: DocumensoDocument): string | undefined {
  return event === "DOCUMENT_SENT" ? updatedAt : undefined;
}

function expiredLink(one: DocumensoRecipient): Happening[] {
  const { key, linkExpiredAt, linkExpiresAt, signing } = one;
  if (linkExpiredAt === undefined || signing !== "not_signed") return [];
  const mark = linkExpiresAt ?? linkExpiredAt;
  return [
    { type: "contract.noted", recipient: key, at: linkExpiredAt, note: "RECIPIENT_EXPIRED", mark },
  ];
}
