import { toFacts } from "../facts.ts";
import type { IncomingRequest, NormalizeContext, Normalized } from "../provider.ts";
import { description } from "./description.ts";
import { callbackIn } from "./form.ts";
import { identity } from "./identity.ts";
import { readMessage } from "./schema.ts";
import { snapshot } from "./snapshot.ts";
import { trigger } from "./trigger.ts";

/** Everything that a body proves: what its signatures show with their own times, then what its event adds. */
export function normalize(
  request: Pick<IncomingRequest, "headers" | "body">,
  { receivedAt }: Pick<NormalizeContext<unknown>, "receivedAt">,
): Normalized {
  const body = callbackIn(request);
  if (typeof body === "string") return { understood: false, reason: body };
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
