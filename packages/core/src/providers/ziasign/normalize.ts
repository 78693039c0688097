import type { ReportedFact } from "../../contract-event.ts";
import { toFacts } from "../facts.ts";
import type { ContractReport, IncomingRequest, NormalizeContext, Normalized } from "../provider.ts";
import { description } from "./description.ts";
import { identity } from "./identity.ts";
import { readDocument, readMessage, type Message } from "./message.ts";
import type { Settings } from "./settings.ts";
import { actingSigner, signersIn } from "./signers.ts";
import { snapshot } from "./snapshot.ts";
import { trigger } from "./trigger.ts";

/** Everything that a body proves: what the document shows with its own times, then what the event adds. */
export function normalize(
  request: Pick<IncomingRequest, "body" | "headers">,
  context: NormalizeContext<Settings>,
): Normalized {
  const message = readMessage(request, context.settings);
  if (typeof message === "string") return { understood: false, reason: message };
  return {
    understood: true,
    reports: [{ externalId: message.documentId, facts: factsOf(message, context) }],
  };
}

/** The same for a document that was read back over the API. Null where the body is no document. */
export function normalizeDocument(
  body: Uint8Array,
  context: NormalizeContext<Settings>,
): ContractReport | null {
  const message = readDocument(body, context.settings);
  return message && { externalId: message.documentId, facts: factsOf(message, context) };
}

function factsOf(message: Message, context: NormalizeContext<Settings>): ReportedFact[] {
  const reportedAt = message.at ?? context.receivedAt.toISOString();
  const signers = signersIn(message);
  return toFacts(identity, [
    ...snapshot(message, signers ?? [], reportedAt),
    ...trigger(message, actingSigner(message, signers ?? []), reportedAt),
    ...description(message, signers, reportedAt, context.settings),
  ]);
}
