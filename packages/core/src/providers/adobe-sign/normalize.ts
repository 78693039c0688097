import type { ReportedFact } from "../../contract-event.ts";
import { latest, toFacts } from "../facts.ts";
import { jsonObjectIn, whyUnread } from "../json-text.ts";
import { textIn } from "../lenient.ts";
import type { IncomingRequest, NormalizeContext, Normalized } from "../provider.ts";
import type { Message, Moment } from "./agreement.ts";
import { description } from "./description.ts";
import { identity } from "./identity.ts";
import { readMessage } from "./schema.ts";
import type { Settings } from "./settings.ts";
import { snapshot } from "./snapshot.ts";
import { trigger } from "./trigger.ts";

/** Everything that a body proves: what it tells with its own time, then what the agreement's statuses show. */
export function normalize(
  request: Pick<IncomingRequest, "body">,
  context: NormalizeContext<Settings>,
): Normalized {
  const text = textIn(request.body);
  const body = jsonObjectIn(text);
  if (body === null) return { understood: false, reason: whyUnread(text) };
  const reading = readMessage(body);
  if (reading.kind === "unreadable") return { understood: false, reason: reading.reason };
  if (reading.kind === "other") return { understood: true, reports: [] };
  const { message } = reading;
  return {
    understood: true,
    reports: [{ externalId: message.agreement.id, facts: factsOf(message, context) }],
  };
}

function factsOf(
  { agreement, moments }: Message,
  { receivedAt, settings }: NormalizeContext<Settings>,
): ReportedFact[] {
  const latestAt = latest(moments.map((moment) => moment.at));
  const reportedAt = latestAt ?? receivedAt.toISOString();
  return toFacts(identity, [
    ...moments.toSorted(byTime).flatMap((moment) => trigger(moment, agreement, reportedAt)),
    ...snapshot(agreement, reportedAt),
    description(agreement, latestAt, reportedAt, settings),
  ]);
}

function byTime(a: Moment, b: Moment): number {
  return (a.at ?? "") < (b.at ?? "") ? -1 : 1;
}
