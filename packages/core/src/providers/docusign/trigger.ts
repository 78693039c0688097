import type { EventType } from "../../contract-event.ts";
import { limits, clip } from "../../limits.ts";
import type { Happening } from "../facts.ts";
import { signs, type Envelope } from "./envelope.ts";
import { endingOf } from "./snapshot.ts";

/** Events of the vendor's list that mean one thing. The names: developers.docusign.com, "Connect event triggers". */
const plain = new Map<string, EventType>([
  ["envelope-created", "contract.created"],
  ["envelope-sent", "contract.sent"],
  ["envelope-delivered", "contract.viewed"],
  ["envelope-completed", "contract.completed"],
  ["envelope-declined", "contract.declined"],
  ["envelope-corrected", "contract.corrected"],
  ["recipient-sent", "recipient.sent"],
  ["recipient-delivered", "recipient.viewed"],
  ["recipient-declined", "recipient.declined"],
  ["recipient-delegate", "recipient.reassigned"],
  ["recipient-reassign", "recipient.reassigned"],
  ["recipient-autoresponded", "recipient.bounced"],
  ["recipient-authenticationfailed", "recipient.auth_failed"],
]);

/** What the event says happened, or a note of it where it changes no status or proves too little. */
export function trigger(envelope: Envelope, reportedAt: string): Happening[] {
  if (envelope.event === undefined) return [];
  const type = typeOf(envelope.event, envelope);
  const recipient = envelope.event.startsWith("recipient-") ? envelope.eventRecipient : undefined;
  const aboutNobody = type.startsWith("recipient.") && recipient === undefined;
  const happening = {
    recipient: recipient ?? null,
    at: type === "contract.voided" ? (envelope.deletedAt ?? reportedAt) : reportedAt,
    mark: envelope.generatedAt ?? envelope.statusChangedAt ?? "",
    reason: envelope.recipients?.find((one) => one.key === recipient)?.reason,
  };
  if (type === "contract.noted" || aboutNobody) {
    return [{ ...happening, type: "contract.noted", note: clip(envelope.event, limits.note) }];
  }
  return [{ ...happening, type }];
}

function typeOf(event: string, envelope: Envelope): EventType {
  switch (event) {
    case "envelope-voided":
      return endingOf(envelope);
    case "envelope-deleted":
    case "envelope-discard":
      return wasOpen(envelope) ? "contract.voided" : "contract.noted";
    case "recipient-completed":
      return hasSigned(envelope) ? "recipient.signed" : "contract.noted";
    default:
      return plain.get(event) ?? "contract.noted";
  }
}

/** Copies and viewers "complete" too, so a body that does not show the recipient's group proves no signature. */
function hasSigned(envelope: Envelope): boolean {
  const recipient = envelope.recipients?.find((one) => one.key === envelope.eventRecipient);
  return recipient !== undefined && signs(recipient);
}

/** Thrown away before it had ended, which ends it. A body without a status does not show that. */
function wasOpen(envelope: Envelope): boolean {
  const ended = envelope.completedAt ?? envelope.declinedAt ?? envelope.voidedAt;
  const open = ["created", "sent", "delivered", "signed", "correct", "deleted"];
  return ended === undefined && open.includes(envelope.status ?? "");
}
