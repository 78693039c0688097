import type { EventType } from "../../contract-event.ts";
import type { Happening } from "../facts.ts";
import { signs, type Envelope, type EnvelopeRecipient } from "./envelope.ts";

/**
 * What an envelope's summary proves. A status whose own time is missing borrows the time at which it was
 * reported: the earliest report then stands.
 */
export function snapshot(envelope: Envelope, reportedAt: string): Happening[] {
  return [
    ...envelopeMilestones(envelope, reportedAt),
    ...(envelope.recipients ?? []).flatMap((one) => recipientMilestones(one, reportedAt)),
  ];
}

function envelopeMilestones(envelope: Envelope, reportedAt: string): Happening[] {
  const { status } = envelope;
  const changedAt = envelope.statusChangedAt ?? reportedAt;
  const timeOf = (own: string | undefined, ...proofs: string[]) =>
    own ?? (status !== undefined && proofs.includes(status) ? changedAt : undefined);
  const refusal = envelope.recipients?.find((one) => one.status === "declined")?.reason;
  return [
    ...milestone("contract.created", timeOf(envelope.createdAt, "created")),
    ...milestone("contract.sent", timeOf(envelope.sentAt, "sent")),
    ...milestone("contract.viewed", timeOf(envelope.deliveredAt, "delivered")),
    ...milestone("contract.completed", timeOf(envelope.completedAt, "completed")),
    ...milestone("contract.declined", timeOf(envelope.declinedAt, "declined"), refusal),
    ...milestone(
      endingOf(envelope),
      timeOf(envelope.voidedAt, "voided", "timedout"),
      envelope.voidedReason,
    ),
  ];
}

function milestone(type: EventType, at: string | undefined, reason?: string): Happening[] {
  return at === undefined ? [] : [{ type, at, reason }];
}

/**
 * A void, or the expiry that DocuSign reports as one. support.docusign.com, "How can I differentiate
 * between Expired and Voided envelopes": by this exact reason.
 */
export function endingOf(envelope: Envelope): "contract.voided" | "contract.expired" {
  const expired =
    envelope.status === "timedout" || envelope.voidedReason === "Envelope has expired.";
  return expired ? "contract.expired" : "contract.voided";
}

function recipientMilestones(one: EnvelopeRecipient, reportedAt: string): Happening[] {
  const timeOf = (own: string | undefined, ...proofs: string[]) =>
    own ?? (one.status !== undefined && proofs.includes(one.status) ? reportedAt : undefined);
  const signedAt = signs(one) ? timeOf(one.signedAt, "signed", "completed") : undefined;
  const about = (type: EventType, at: string | undefined, more?: Partial<Happening>): Happening[] =>
    at === undefined ? [] : [{ type, recipient: one.key, at, ...more }];
  return [
    ...about("recipient.sent", timeOf(one.sentAt, "sent")),
    ...about("recipient.viewed", timeOf(one.deliveredAt, "delivered")),
    ...about("recipient.signed", signedAt),
    ...about("recipient.declined", timeOf(one.declinedAt, "declined"), { reason: one.reason }),
    ...about("recipient.bounced", one.bouncedSending, { mark: one.bouncedSending ?? "" }),
  ];
}
