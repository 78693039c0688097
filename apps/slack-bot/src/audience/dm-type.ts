import { recipientOf, type Contract, type ContractEvent, type EventType } from "@countersign/core";
import type { DmType } from "../people/settings.ts";

/** The switch under which the owner of a contract hears of an event by direct message; null: under none. */
const types: Record<EventType, DmType | null> = {
  "contract.created": null,
  "contract.sent": "sent",
  "contract.viewed": "viewed",
  "contract.completed": "completed",
  "contract.declined": "declined",
  "contract.voided": "voided",
  "contract.expired": "expired",
  "contract.corrected": null,
  "contract.noted": null,
  "recipient.sent": null,
  "recipient.viewed": "viewed",
  "recipient.signed": "signed",
  "recipient.declined": "declined",
  "recipient.reassigned": null,
  "recipient.bounced": "attention",
  "recipient.auth_failed": "attention",
};

export function dmTypeOf(type: EventType): DmType | null {
  return types[type];
}

/** What is a sender's doing: providers name nobody for it. */
const ofSender: ReadonlySet<EventType> = new Set(["contract.sent", "contract.voided"]);

/** What a signer does. */
const ofSigner: ReadonlySet<EventType> = new Set([
  "recipient.viewed",
  "recipient.signed",
  "recipient.declined",
]);

/** Whether this is something that the person with the address did themselves. */
export function isOwnAction(event: ContractEvent, contract: Contract, email: string): boolean {
  const isTheirs = (other: string | null | undefined) =>
    other?.toLowerCase() === email.toLowerCase();
  if (ofSender.has(event.type)) return isTheirs(contract.sender?.email);
  if (!ofSigner.has(event.type)) return false;
  return isTheirs(recipientOf(contract, event)?.email);
}
