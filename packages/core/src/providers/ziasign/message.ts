import { limits } from "../../limits.ts";
import { jsonObjectIn, lenient, textIn, textOf } from "../lenient.ts";
import type { IncomingRequest } from "../provider.ts";
import { part, type Part } from "./schema.ts";
import type { Settings } from "./settings.ts";

/** A body taken apart, before anything is concluded from it. */
export type Message = {
  /** As ZiaSign wrote it. */
  event: string;
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
  const body = jsonObjectIn(textIn(request.body));
  if (body === null) return "not-json";
  const event = firstAt(body, settings.eventPaths, (value) => textOf(value, limits.note));
  if (event === undefined) return "no-event";
  const found = documentIn(body, settings);
  const document = part.parse(found?.value);
  if (found === undefined || document === undefined) return "no-document-id";
  const around = [valueAt(body, "data"), body].filter((value) => value !== found.value);
  return {
    event,
    at: firstAt(body, settings.timePaths, (value) => lenient.instant.parse(value)),
    documentId: found.id,
    deliveryId: deliveryIdOf(request.headers, body, found.id),
    document,
    parts: [document, ...around.flatMap((value) => part.parse(value) ?? [])],
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

function firstAt<Found>(
  value: unknown,
  paths: string[],
  read: (value: unknown) => Found | undefined,
): Found | undefined {
  for (const path of paths) {
    const found = read(valueAt(value, path));
    if (found !== undefined) return found;
  }
  return undefined;
}

function valueAt(value: unknown, path: string): unknown {
  let inner = value;
  for (const key of path.split(".")) {
    if (typeof inner !== "object" || inner === null) return undefined;
    inner = Object.getOwnPropertyDescriptor(inner, key)?.value;
  }
  return inner;
}
