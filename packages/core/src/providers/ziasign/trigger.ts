import type { EventType } from "../../contract-event.ts";
import type { Happening } from "../facts.ts";
import type { Message } from "./message.ts";
import { signs, type Signer } from "./signers.ts";
import { endReason } from "./snapshot.ts";

/** ziasign.com/docs/webhooks, the table of events. */
const ofDocument = new Map<string, EventType>([
  ["document.created", "contract.created"],
  ["document.sent", "contract.sent"],
  ["document.completed", "contract.completed"],
  ["document.declined", "contract.declined"],
  ["document.voided", "contract.voided"],
  ["document.expired", "contract.expired"],
]);

const ofSigner = new Map<string, EventType>([
  ["document.viewed", "recipient.viewed"],
  ["document.signed", "recipient.signed"],
  ["document.declined", "recipient.declined"],
]);

/**
 * What the event says happened. A view by nobody in particular still is a view of the document; a
 * signature by nobody in particular is only noted, since it cannot be counted.
 */
export function trigger(
  message: Message,
  signer: Signer | undefined,
  reportedAt: string,
): Happening[] {
  if (message.event === undefined) return [];
  const event = message.event.toLowerCase().replaceAll(/[_:\s]/g, ".");
  const reason = /declined|voided/.test(event) ? (signer?.reason ?? endReason(message)) : null;
  const types = [ofDocument.get(event), signer && typeBy(signer, event)].filter(
    (type) => type !== undefined,
  );
  if (types.length === 0 && event === "document.viewed") {
    return [{ type: "contract.viewed", at: reportedAt }];
  }
  if (types.length === 0) return [noted(message.event, message, signer, reportedAt)];
  return types.map((type) => ({
    type,
    recipient: type.startsWith("recipient.") ? (signer?.key ?? null) : null,
    at: reportedAt,
    reason,
  }));
}

function typeBy(signer: Signer, event: string): EventType | undefined {
  const type = ofSigner.get(event);
  return type === "recipient.signed" && !signs(signer) ? undefined : type;
}

function noted(
  note: string,
  message: Message,
  signer: Signer | undefined,
  reportedAt: string,
): Happening {
  return {
    type: "contract.noted",
    recipient: signer?.key ?? null,
    at: reportedAt,
    note,
    mark: message.deliveryId ?? `${signer?.key ?? ""} ${message.at ?? ""}`.trim(),
  };
}
