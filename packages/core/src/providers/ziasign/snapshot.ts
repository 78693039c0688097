import type { EventType } from "../../contract-event.ts";
import type { Happening } from "../facts.ts";
import type { Message } from "./message.ts";
import type { Part } from "./schema.ts";
import { signs, type Signer } from "./signers.ts";

/** What the document and its signers show beside the event. A status without a time of its own borrows the event's. */
export function snapshot(message: Message, signers: Signer[], reportedAt: string): Happening[] {
  return [
    ...documentMilestones(message.document, reportedAt, endReason(message)),
    ...signers.flatMap((signer) => signerMilestones(signer, reportedAt)),
  ];
}

/** Why it was declined or voided, wherever in the body that stands. */
export function endReason(message: Message): string | undefined {
  return message.parts
    .map((part) => part.declineReason ?? part.voidReason ?? part.reason)
    .find((reason) => reason !== undefined);
}

function documentMilestones(
  document: Part,
  reportedAt: string,
  reason: string | undefined,
): Happening[] {
  const about = (type: EventType, own: string | undefined, status: string): Happening[] => {
    const at = own ?? (document.status === status ? reportedAt : undefined);
    return at === undefined ? [] : [{ type, at, reason: endings.has(type) ? reason : null }];
  };
  return [
    ...about("contract.created", document.createdAt, "draft"),
    ...about("contract.sent", document.sentAt, "sent"),
    ...about("contract.completed", document.completedAt, "completed"),
    ...about("contract.declined", document.declinedAt, "declined"),
    ...about("contract.voided", document.voidedAt, "voided"),
    ...about("contract.expired", document.expiredAt, "expired"),
  ];
}

const endings: ReadonlySet<EventType> = new Set(["contract.declined", "contract.voided"]);

function signerMilestones(signer: Signer, reportedAt: string): Happening[] {
  const about = (type: EventType, own: string | undefined, ...proofs: string[]): Happening[] => {
    const at = own ?? (proofs.includes(signer.status ?? "") ? reportedAt : undefined);
    if (at === undefined) return [];
    const reason = type === "recipient.declined" ? signer.reason : null;
    return [{ type, recipient: signer.key, at, reason }];
  };
  return [
    ...about("recipient.sent", signer.sentAt, "sent"),
    ...about("recipient.viewed", signer.viewedAt, "viewed"),
    ...(signs(signer)
      ? about("recipient.signed", signer.signedAt, "signed", "completed", "approved")
      : []),
    ...about("recipient.declined", signer.declinedAt, "declined"),
  ];
}
