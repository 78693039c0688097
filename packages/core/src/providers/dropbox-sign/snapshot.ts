import type { EventType } from "../../contract-event.ts";
import { latest, type Happening } from "../facts.ts";
import { isSent, turnOf, type Message, type Signer } from "./signature-request.ts";

/**
 * What the request and its signatures show. The API makes and sends a request in one call, so its creation
 * stands for the sending, which has no time of its own. Nothing here tells a request that was canceled.
 */
export function snapshot(message: Message, reportedAt: string): Happening[] {
  const { createdAt, signers = [] } = message.request;
  const sentAt = isSent(message) ? (createdAt ?? reportedAt) : undefined;
  return [
    ...about("contract.created", createdAt),
    ...about("contract.sent", sentAt),
    ...endings(message, signers, reportedAt),
    ...signers.flatMap((one) => [
      ...(sentAt === undefined ? [] : turn(one, signers, sentAt)),
      ...milestones(one, reportedAt),
    ]),
  ];
}

function about(type: EventType, at: string | undefined, more?: Partial<Happening>): Happening[] {
  return at === undefined ? [] : [{ type, at, ...more }];
}

/** `developers.hellosign.com/docs/signature-request/expiration`: expired is who has not signed by then. */
function endings({ request }: Message, signers: Signer[], reportedAt: string): Happening[] {
  const declined = signers.find((one) => one.status === "declined");
  const isExpired = signers.some((one) => one.status === "expired");
  const completedAt = latest(signers.map((one) => one.signedAt)) ?? reportedAt;
  return [
    ...about("contract.completed", request.isComplete ? completedAt : undefined),
    ...about("contract.declined", request.isDeclined || declined ? reportedAt : undefined, {
      reason: declined?.declineReason,
    }),
    ...about("contract.expired", isExpired ? (request.expiresAt ?? reportedAt) : undefined),
  ];
}

function turn(one: Signer, all: Signer[], sentAt: string): Happening[] {
  const isAsked = one.status === "awaiting_signature" || one.status === "signed";
  const at = isAsked ? turnOf(one, all, sentAt) : undefined;
  return about("recipient.sent", at, { recipient: one.key });
}

function milestones(one: Signer, reportedAt: string): Happening[] {
  const recipient = one.key;
  const timeOf = (status: string) => (one.status === status ? reportedAt : undefined);
  const handedOn = { recipient: one.reassignedFrom ?? null, reason: one.reassignmentReason };
  return [
    ...about("recipient.viewed", one.viewedAt, { recipient }),
    ...about("recipient.signed", one.signedAt ?? timeOf("signed"), { recipient }),
    ...about("recipient.declined", timeOf("declined"), { recipient, reason: one.declineReason }),
    ...about("recipient.reassigned", timeOf("reassigned"), { recipient }),
    ...about("recipient.reassigned", one.reassignedFrom && reportedAt, handedOn),
  ];
}
