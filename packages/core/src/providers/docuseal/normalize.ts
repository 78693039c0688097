import type { ReportedFact } from "../../contract-event.ts";
import { toFacts } from "../facts.ts";
import type { IncomingRequest, NormalizeContext, Normalized } from "../provider.ts";
import { description, type Addresses } from "./description.ts";
import { identity } from "./identity.ts";
import type { Settings } from "./settings.ts";
import { snapshot } from "./snapshot.ts";
import { readMessage, type Message, type Submission } from "./submission.ts";
import { trigger } from "./trigger.ts";

/** Everything that a body proves: what it shows with its own times, then what its event adds. */
export function normalize(
  request: Pick<IncomingRequest, "body">,
  context: NormalizeContext<Settings>,
): Normalized {
  const message = readMessage(request.body);
  if (message === "other") return { understood: true, reports: [] };
  if ("unreadable" in message) return { understood: false, reason: message.unreadable };
  const { id } = message.submission;
  return { understood: true, reports: [{ externalId: id, facts: factsOf(message, context) }] };
}

function factsOf(message: Message, { settings, receivedAt }: NormalizeContext<Settings>) {
  const { submission } = message;
  const received = receivedAt.toISOString();
  const reportedAt = message.at ?? received;
  return toFacts(identity, [
    ...snapshot(submission, received),
    ...trigger(message, reportedAt, settings),
    ...description(submission, reportedAt, settings),
  ]);
}

/** The same facts out of a submission that was read back at `readAt`. */
export function factsIn(
  submission: Submission,
  readAt: Date,
  addresses: Addresses,
): ReportedFact[] {
  const at = readAt.toISOString();
  return toFacts(identity, [
    ...snapshot(submission, at),
    ...description(submission, at, addresses),
  ]);
}
