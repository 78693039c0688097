import type { ReportedFact } from "../../contract-event.ts";
import { toFacts } from "../facts.ts";
import type { IncomingRequest, NormalizeContext, Normalized } from "../provider.ts";
import { description } from "./description.ts";
import { identity } from "./identity.ts";
import { readMessage, type Message } from "./message.ts";
import type { Settings } from "./settings.ts";
import { snapshot } from "./snapshot.ts";
import { trigger } from "./trigger.ts";

/** Everything that a body proves, as the source's settings say where it stands. */
export function normalize(
  request: Pick<IncomingRequest, "body" | "headers">,
  context: NormalizeContext<Settings>,
): Normalized {
  const message = readMessage(request, context.settings);
  if (message === "ignored") return { understood: true, reports: [] };
  if ("unreadable" in message) return { understood: false, reason: message.unreadable };
  return {
    understood: true,
    reports: [{ externalId: message.contractId, facts: factsOf(message, context) }],
  };
}

function factsOf(message: Message, context: NormalizeContext<Settings>): ReportedFact[] {
  const reportedAt = message.at ?? context.receivedAt.toISOString();
  return toFacts(identity, [
    ...snapshot(message.recipients ?? [], reportedAt),
    ...trigger(message, reportedAt),
    ...description(message, reportedAt, context.settings),
  ]);
}
