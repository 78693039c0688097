import { toFacts } from "../facts.ts";
import { jsonObjectIn } from "../lenient.ts";
import type { IncomingRequest, NormalizeContext, Normalized } from "../provider.ts";
import { description } from "./description.ts";
import { jsonTextIn } from "./form.ts";
import { identity } from "./identity.ts";
import { readMessage } from "./schema.ts";
import { snapshot } from "./snapshot.ts";
import { trigger } from "./trigger.ts";

/** Everything that a body proves: what its signatures show with their own times, then what its event adds. */
export function normalize(
  request: Pick<IncomingRequest, "headers" | "body">,
  { receivedAt }: Pick<NormalizeContext<unknown>, "receivedAt">,
): Normalized {
  const text = jsonTextIn(request);
  if (text === undefined) return { understood: false, reason: "no-json-field" };
  const body = jsonObjectIn(text);
  if (body === null) return { understood: false, reason: "not-json" };
  const reading = readMessage(body);
  if (reading.kind === "unreadable") return { understood: false, reason: reading.reason };
  if (reading.kind === "other") return { understood: true, reports: [] };
  const { message } = reading;
  const reportedAt = message.event?.at ?? receivedAt.toISOString();
  const facts = toFacts(identity, [
    ...snapshot(message, reportedAt),
    ...trigger(message, reportedAt),
    description(message, reportedAt),
  ]);
  return { understood: true, reports: [{ externalId: message.request.id, facts }] };
}
