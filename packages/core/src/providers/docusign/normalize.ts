import type { ReportedFact } from "../../contract-event.ts";
import { toFacts } from "../facts.ts";
import { jsonObjectIn, whyUnread } from "../json-text.ts";
import { textIn } from "../lenient.ts";
import type { IncomingRequest, NormalizeContext, Normalized } from "../provider.ts";
import { description } from "./description.ts";
import { unreadable, type Envelope, type Reading } from "./envelope.ts";
import { identity } from "./identity.ts";
import { readMessage } from "./schema.ts";
import type { Settings } from "./settings.ts";
import { snapshot } from "./snapshot.ts";
import { trigger } from "./trigger.ts";
import { readAggregate } from "./xml.ts";

/** Everything that a body proves: what its summary shows with its own times, then what its event adds. */
export function normalize(
  request: Pick<IncomingRequest, "body">,
  context: NormalizeContext<Settings>,
): Normalized {
  const reading = read(textIn(request.body), context.settings);
  if (reading.kind === "unreadable") return { understood: false, reason: reading.reason };
  if (reading.kind === "other") return { understood: true, reports: [] };
  const { envelope } = reading;
  return {
    understood: true,
    reports: [{ externalId: envelope.id, facts: factsOf(envelope, context) }],
  };
}

function read(text: string, settings: Settings): Reading {
  if (text.trimStart().startsWith("<")) return readAggregate(text, settings.xmlUtcOffsetHours);
  const body = jsonObjectIn(text);
  return body === null ? unreadable(whyUnread(text)) : readMessage(body);
}

function factsOf(envelope: Envelope, context: NormalizeContext<Settings>): ReportedFact[] {
  const reportedAt = envelope.generatedAt ?? context.receivedAt.toISOString();
  return toFacts(identity, [
    ...snapshot(envelope, reportedAt),
    ...trigger(envelope, reportedAt),
    description(envelope, reportedAt, context.settings),
  ]);
}
