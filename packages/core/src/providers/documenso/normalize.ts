import type { ReportedFact } from "../../contract-event.ts";
import { toFacts } from "../facts.ts";
import type { ContractReport, IncomingRequest, NormalizeContext, Normalized } from "../provider.ts";
import { description } from "./description.ts";
import type { DocumensoDocument } from "./document.ts";
import { identity } from "./identity.ts";
import { readEnvelope, readMessage } from "./schema.ts";
import type { Settings } from "./settings.ts";
import { snapshot } from "./snapshot.ts";
import { trigger } from "./trigger.ts";

/** Everything that a body proves: what the document shows of itself and of everybody, then what its event adds. */
export function normalize(
  request: Pick<IncomingRequest, "body">,
  context: NormalizeContext<Settings>,
): Normalized {
  const document = readMessage(request.body);
  if (typeof document === "string") return { understood: false, reason: document };
  if (document === null) return { understood: true, reports: [] };
  const report = { externalId: document.id, facts: factsOf(document, context) };
  return { understood: true, reports: [report] };
}

/** An envelope out of the API's answer, or why it cannot be read. */
export function reportOf(
  json: unknown,
  context: NormalizeContext<Settings>,
): ContractReport | string {
  const document = readEnvelope(json);
  if (typeof document === "string") return document;
  return { externalId: document.id, facts: factsOf(document, context) };
}

/**
 * An attempt's own time dates nothing and identifies nothing. It only bounds what the body shows without a
 * time: that had happened before the attempt was made.
 */
function factsOf(document: DocumensoDocument, context: NormalizeContext<Settings>): ReportedFact[] {
  const latestAt = document.attemptedAt ?? context.receivedAt.toISOString();
  const shown = snapshot(document, latestAt);
  return toFacts(identity, [
    ...shown,
    ...trigger(document, shown, latestAt),
    description(document, latestAt, context.settings),
  ]);
}
