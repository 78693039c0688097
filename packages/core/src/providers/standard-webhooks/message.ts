import type { EventType } from "../../contract-event.ts";
import { limits } from "../../limits.ts";
import { jsonObjectIn, whyUnread } from "../json-text.ts";
import { lenient, textIn, textOf } from "../lenient.ts";
import type { IncomingRequest } from "../provider.ts";
import { typeNamed } from "./event-names.ts";
import { firstAt } from "../paths.ts";
import { actorIn, recipientsIn, type ReadRecipient } from "./recipients.ts";
import type { Settings } from "./settings.ts";

/** A body taken apart by the source's paths. Instants are ISO 8601 UTC. */
export type Message = {
  body: object;
  /** As the platform wrote it. */
  event: string;
  /** Undefined where we do not know what the event means. */
  type: EventType | undefined;
  at: string | undefined;
  contractId: string;
  /** `webhook-id`: the same whenever this is sent again. */
  deliveryId: string | undefined;
  recipients: ReadRecipient[] | undefined;
  /** Whom the event names. */
  actor: ReadRecipient | undefined;
  reason: string | undefined;
};

/** The message in a request, "ignored" where it is about no contract, or why it cannot be read. */
export function readMessage(
  request: Pick<IncomingRequest, "body" | "headers">,
  settings: Settings,
): Message | "ignored" | { unreadable: string } {
  const { paths } = settings;
  const text = textIn(request.body);
  const body = jsonObjectIn(text);
  if (body === null) return { unreadable: whyUnread(text) };
  const event = firstAt(body, paths.event, (value) => textOf(value, limits.note));
  if (event === undefined) return { unreadable: "no-event" };
  const type = typeNamed(event, settings);
  if (type === "ignored") return "ignored";
  const contractId = firstAt(body, paths.contract, (value) => textOf(value, Infinity));
  if (contractId === undefined || contractId.length > limits.externalId) {
    return { unreadable: "no-contract-id" };
  }
  const recipients = recipientsIn(body, settings);
  return {
    body,
    event,
    type,
    at: firstAt(body, paths.occurredAt, (value) => lenient.instant.parse(value)),
    contractId,
    deliveryId: textOf(request.headers[`${settings.headerPrefix}id`], limits.externalId),
    recipients,
    actor: actorIn(body, recipients ?? [], settings),
    reason: firstAt(body, paths.reason, (value) => textOf(value, limits.reason)),
  };
}
