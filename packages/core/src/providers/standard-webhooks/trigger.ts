import type { EventType } from "../../contract-event.ts";
import { clip, limits } from "../../limits.ts";
import type { Happening } from "../facts.ts";
import type { Message } from "./message.ts";
import type { ReadRecipient } from "./recipients.ts";
import { signs } from "./snapshot.ts";

/**
 * What the event says happened. A view by nobody in particular still is one of the contract; anything else
 * of nobody in particular is only noted, and so is what we have no word for.
 */
export function trigger(message: Message, reportedAt: string): Happening[] {
  const { deliveryId, at = "" } = message;
  const actor = message.actor ?? onlyOne(message.recipients);
  const types = typesOf(message.type, actor);
  const mark = deliveryId ?? at;
  if (types.length === 0) {
    const note = clip(message.event, limits.note);
    const recipient = message.actor?.key ?? null;
    return [{ type: "contract.noted", recipient, at: reportedAt, mark, note }];
  }
  return types.map((type) => ({
    type,
    recipient: type.startsWith("recipient.") ? (actor?.key ?? null) : null,
    at: reportedAt,
    mark,
    reason: withReason.has(type) ? (message.reason ?? actor?.reason) : null,
  }));
}

/** Who alone can have done what a recipient does. */
function onlyOne(recipients: ReadRecipient[] | undefined): ReadRecipient | undefined {
  return recipients?.length === 1 ? recipients[0] : undefined;
}

function typesOf(type: EventType | undefined, actor: ReadRecipient | undefined): EventType[] {
  if (type === undefined || type === "contract.noted") return [];
  if (actor === undefined) {
    if (type === "recipient.viewed") return ["contract.viewed"];
    return type.startsWith("recipient.") ? [] : [type];
  }
  if (type === "contract.viewed") return ["recipient.viewed"];
  if (type === "contract.declined") return ["contract.declined", "recipient.declined"];
  return type === "recipient.signed" && !signs(actor) ? [] : [type];
}

const withReason: ReadonlySet<EventType> = new Set([
  "contract.declined",
  "contract.voided",
  "recipient.declined",
  "recipient.bounced",
  "recipient.auth_failed",
]);
