import { limits } from "../../limits.ts";
import { jsonObjectIn, whyUnread } from "../json-text.ts";
import { lenient, textIn, textOf } from "../lenient.ts";
import { firstAt, valueAt } from "../paths.ts";
import type { IncomingRequest } from "../provider.ts";
import { part, type Part } from "./schema.ts";
import type { Settings } from "./settings.ts";

/** A body taken apart, before anything is concluded from it. */
export type Message = {
  /** As ZiaSign wrote it. A document that was read back comes without one. */
  event: string | undefined;
  at: string | undefined;
  documentId: string;
  /** ZiaSign's id of the delivery or event, where it sends one. */
  deliveryId: string | undefined;
  document: Part;
  /** The document first, then what stands around it. */
  parts: Part[];
};

/** The message in a request, or the reason why there is none. */
export function readMessage(
  request: Pick<IncomingRequest, "body" | "headers">,
  settings: Settings,
): Message | string {
  const text = textIn(request.body);
  const body = jsonObjectIn(text);
  if (body === null) return whyUnread(text);
  const event = firstAt(body, settings.eventPaths, (value) => textOf(value, limits.note));
  if (event === undefined) return "no-event";
  const message = around(body, documentIn(body, settings));
  if (message === null) return "no-document-id";
  return {
    ...message,
    event,
    at: firstAt(body, settings.timePaths, (value) => lenient.instant.parse(value)),
    deliveryId: deliveryIdOf(request.headers, body, message.documentId),
  };
}

/** A document of the API, alone or wrapped as in a webhook, as a message without an event. */
export function readDocument(body: Uint8Array, settings: Settings): Message | null {
  const answer = jsonObjectIn(textIn(body));
  if (answer === null) return null;
  return around(answer, documentIn(answer, settings) ?? withId(answer, settings.idNames));
}

function around(body: object, found: { value: unknown; id: string } | undefined): Message | null {
  const document = part.parse(found?.value);
  if (found === undefined || document === undefined) return null;
  const others = [valueAt(body, "data"), body].filter((value) => value !== found.value);
  return {
    event: undefined,
    at: undefined,
    documentId: found.id,
    deliveryId: undefined,
    document,
    parts: [document, ...others.flatMap((value) => part.parse(value) ?? [])],
  };
}

/** In a flat body `id` is the event's, so only the longer names count there. */
function documentIn(body: object, settings: Settings): { value: unknown; id: string } | undefined {
  const found = firstAt(body, settings.documentPaths, (value) => withId(value, settings.idNames));
  const longNames = settings.idNames.filter((name) => name !== "id");
  return found ?? withId(body, longNames);
}

function withId(value: unknown, names: string[]): { value: unknown; id: string } | undefined {
  const id = firstAt(value, names, (inner) => textOf(inner, Infinity));
  return id === undefined || id.length > limits.externalId ? undefined : { value, id };
}

function deliveryIdOf(
  headers: IncomingRequest["headers"],
  body: object,
  documentId: string,
): string | undefined {
  const sent = [
    valueAt(body, "eventId"),
    valueAt(body, "deliveryId"),
    valueAt(body, "id"),
    headers["x-webhook-id"],
    headers["x-webhook-delivery"],
  ];
  return sent
    .map((value) => textOf(value, limits.externalId))
    .find((id) => id !== undefined && id !== documentId);
}
