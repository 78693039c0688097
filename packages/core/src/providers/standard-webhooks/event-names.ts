import { endingTypes, eventTypes, type EventType } from "../../contract-event.ts";
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

const contracts = new Set([
  "contract",
  "document",
  "doc",
  "envelope",
  "agreement",
  "submission",
  "form",
  "package",
  "packet",
]);

/** What a request is for that is a contract: `signature_request`, not `payment_request`. */
const signings = new Set(["sign", "signature", "signing"]);

/** Before a last word, these take it back or say that it is not so yet. */
const doubts = new Set("not never non nearly almost half partial partially partly".split(" "));

/** Before a last word, these change nothing of what it says. */
const fillers = new Set("fully workflow status state is was has been".split(" "));

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
 * (`document.signed`, `DOCUMENT_SIGNED`, `DocumentSigned`). Undefined where that is no word we know, or where
 * it would end the contract and is said of something else, such as a payment: an end is not taken back.
 */
export function typeNamed(name: string, settings: Settings): EventType | "ignored" | undefined {
  const chosen = new Map(Object.entries(settings.events)).get(name);
  const own = eventTypes.find((type) => type === name);
  if (chosen !== undefined || own !== undefined) return chosen ?? own;
  const parts = wordsIn(name);
  if (others.has(parts[0] ?? "")) return "ignored";
  const before = parts.slice(0, -1);
  if (before.some((part) => doubts.has(part))) return undefined;
  const meaning = words.get(parts.at(-1) ?? "");
  const isOfRecipient = parts.some((part) => recipients.has(part));
  const type = isOfRecipient
    ? (meaning?.recipient ?? meaning?.contract)
    : (meaning?.contract ?? meaning?.recipient);
  return type && endingTypes.has(type) && !isOfContract(before) ? undefined : type;
}

/** Whether what a last word is said of, the nearest name before it, is the contract. A lone word is. */
function isOfContract(before: string[]): boolean {
  const [subject, kind] = before.filter((part) => !fillers.has(part)).toReversed();
  if (subject === "request") return kind === undefined || signings.has(kind);
  return subject === undefined || contracts.has(subject);
}

function wordsIn(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}
