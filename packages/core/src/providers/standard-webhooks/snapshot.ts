import type { EventType } from "../../contract-event.ts";
import type { Happening } from "../facts.ts";
import type { ReadRecipient } from "./recipients.ts";

/** What the list of recipients shows. A status without a time of its own borrows the event's. */
export function snapshot(recipients: ReadRecipient[], reportedAt: string): Happening[] {
  return recipients.flatMap((one) => {
    const about = (type: EventType, own: string | undefined, ...proofs: string[]): Happening[] => {
      const at = own ?? (proofs.includes(one.status ?? "") ? reportedAt : undefined);
      const reason = type === "recipient.declined" ? one.reason : null;
      return at === undefined ? [] : [{ type, recipient: one.key, at, reason }];
    };
    return [
      ...about("recipient.sent", one.sentAt, "sent"),
      ...about("recipient.viewed", one.viewedAt, "viewed", "opened"),
      ...(signs(one) ? about("recipient.signed", one.signedAt, "signed", "completed") : []),
      ...about("recipient.declined", one.declinedAt, "declined", "rejected", "refused"),
    ];
  });
}

/** Those who only get a copy "complete" by reading it. */
export function signs({ role }: ReadRecipient): boolean {
  return !/^(cc|carbon[ _-]?copy|copy|viewer|observer)$/i.test(role ?? "");
}
