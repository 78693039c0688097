import { eventTypes, type EventType } from "@countersign/core";

/** The events that a rule can name, in the words that people type. */
export const eventWords = [
  "sent",
  "viewed",
  "signed",
  "completed",
  "declined",
  "voided",
  "expired",
  "bounced",
  "reassigned",
  "corrected",
  "auth-failed",
] as const;

export type EventWord = (typeof eventWords)[number];

/** Words for several events at once. Problems are what somebody should look after; a void was the sender's own wish. */
export const eventGroups: ReadonlyMap<string, readonly EventWord[]> = new Map([
  ["endings", ["completed", "declined", "voided", "expired"]],
  ["problems", ["declined", "expired", "bounced", "auth-failed"]],
]);

/** A provider may tell of one happening for the contract or for the person: people mean both. Null: no word names it. */
const wordOf: Record<EventType, EventWord | null> = {
  "contract.created": null,
  "contract.sent": "sent",
  "recipient.sent": "sent",
  "recipient.viewed": "viewed",
  "contract.viewed": "viewed",
  "contract.corrected": "corrected",
  "recipient.reassigned": "reassigned",
  "recipient.bounced": "bounced",
  "recipient.auth_failed": "auth-failed",
  "recipient.signed": "signed",
  "recipient.declined": "declined",
  "contract.completed": "completed",
  "contract.declined": "declined",
  "contract.voided": "voided",
  "contract.expired": "expired",
  "contract.noted": null,
};

export function eventWordOf(type: EventType): EventWord | null {
  return wordOf[type];
}

/** The events that a word means. */
export function eventTypesOf(word: EventWord): EventType[] {
  return eventTypes.filter((type) => wordOf[type] === word);
}

/** The events that a typed word or group names, in any case and with `_` for `-`; null where there are none. */
export function readEventWords(typed: string): readonly EventWord[] | null {
  const name = typed.toLowerCase().replaceAll("_", "-");
  const word = eventWords.find((known) => known === name);
  return word === undefined ? (eventGroups.get(name) ?? null) : [word];
}
