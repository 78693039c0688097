import type { ReportedFact } from "../../contract-event.ts";
import { toFacts } from "../facts.ts";
import type { ContractReport, IncomingRequest, NormalizeContext, Normalized } from "../provider.ts";
import { description } from "./description.ts";
import type { PandaDocument } from "./document.ts";
import { identity } from "./identity.ts";
import { readDetails, readMessages } from "./schema.ts";
import type { Settings } from "./settings.ts";
import { snapshot } from "./snapshot.ts";
import { trigger } from "./trigger.ts";

type Context = Pick<NormalizeContext<Pick<Settings, "webAppUrl">>, "settings" | "receivedAt">;

/** Everything that a body proves: what its events say, then what each document shows. */
export function normalize(
  request: Pick<IncomingRequest, "body">,
  context: NormalizeContext<Settings>,
): Normalized {
  const { documents, problem } = readMessages(request.body);
  if (documents.length === 0 && problem !== undefined) {
    return { understood: false, reason: problem };
  }
  const byId = Map.groupBy(documents, (document) => document.id);
  const reports = [...byId].map(([externalId, reports]) => ({
    externalId,
    facts: factsOf(reports, context),
  }));
  return { understood: true, reports, ...(problem !== undefined && { unread: problem }) };
}

/** A document's details as the API gives them, or why they cannot be read. */
export function reportOf(body: Uint8Array, context: Context): ContractReport | string {
  const document = readDetails(body);
  if (typeof document === "string") return document;
  return { externalId: document.id, facts: factsOf([document], context) };
}

/** Of several messages about one document the earlier change comes first, so that its time stands. */
function factsOf(documents: PandaDocument[], context: Context): ReportedFact[] {
  const receivedAt = context.receivedAt.toISOString();
  const timeOf = (document: PandaDocument) => document.modifiedAt ?? receivedAt;
  const inOrder = documents.toSorted((a, b) => Date.parse(timeOf(a)) - Date.parse(timeOf(b)));
  return toFacts(
    identity,
    inOrder.flatMap((document) => [
      ...trigger(document, timeOf(document)),
      ...snapshot(document, timeOf(document)),
      description(document, timeOf(document), context.settings),
    ]),
  );
}
