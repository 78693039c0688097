import { eventTypes, type EventType } from "../../contract-event.ts";
import type { Settings } from "./settings.ts";

/** Common words for what happens: to the contract, and to one of its recipients. */
const words = new Map<string, { contract?: EventType; recipient?: EventType }>([
  ["created", { contract: "contract.created" }],
  ["sent", { contract: "contract.sent", recipient: "recipient.sent" }],
  ["viewed", { contract: "contract.viewed", recipient: "recipient.viewed" }],
  ["opened", { contract: "contract.viewed", recipient: "recipient.viewed" }],
  ["signed", { recipient: "recipient.signed" }],
  ["completed", { contract: "contract.completed", recipient: "recipient.signed" }],
  ["finished", { contract: "contract.completed", recipient: "recipient.signed" }],
  ["executed", { contract: "contract.completed" }],
  ["declined", { contract: "contract.declined", recipient: "recipient.declined" }],
  ["rejected", { contract: "contract.declined", recipient: "recipient.declined" }],
  ["refused", { contract: "contract.declined", recipient: "recipient.declined" }],
  ["voided", { contract: "contract.voided" }],
  ["cancelled", { contract: "contract.voided" }],
  ["canceled", { contract: "contract.voided" }],
  ["revoked", { contract: "contract.voided" }],
  ["recalled", { contract: "contract.voided" }],
  ["withdrawn", { contract: "contract.voided" }],
  ["expired", { contract: "contract.expired" }],
  ["corrected", { contract: "contract.corrected" }],
  ["reassigned", { recipient: "recipient.reassigned" }],
  ["delegated", { recipient: "recipient.reassigned" }],
  ["bounced", { recipient: "recipient.bounced" }],
]);

const recipients = new Set(["recipient", "signer", "signatory", "party", "participant"]);

/** What events are about that are about no contract. */
const others = new Set([
  "template",
  "account",
  "user",
  "team",
  "webhook",
  "endpoint",
  "ping",
  "test",
]);

/**
 * What an event's name means: as the source says, else one of our own types, else by its last word
 * (`document.signed`, `DOCUMENT_SIGNED`, `DocumentSigned`). Undefined where that is no word we know.
 */
export function typeNamed(name: string, settings: Settings): EventType | "ignored" | undefined {
  const chosen = new Map(Object.entries(settings.events)).get(name);
  const own = eventTypes.find((type) => type === name);
  if (chosen !== undefined || own !== undefined) return chosen ?? own;
  const parts = wordsIn(name);
  if (others.has(parts[0] ?? "")) return "ignored";
  const meaning = words.get(parts.at(-1) ?? "");
  const isOfRecipient = parts.some((part) => recipients.has(part));
  return isOfRecipient
    ? (meaning?.recipient ?? meaning?.contract)
    : (meaning?.contract ?? meaning?.recipient);
}

function wordsIn(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}
