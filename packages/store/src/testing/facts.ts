import type { EventType, IncomingRequest, Normalized, ReportedFact } from "@countersign/core";
import type { Delivery } from "../deliveries.ts";

/** A fact, with what a test does not care about filled in. */
export function aFact(type: EventType, more: Partial<ReportedFact> = {}): ReportedFact {
  return {
    type,
    recipient: null,
    occurredAt: "2026-05-04T09:00:00.000Z",
    occurrence: "",
    reason: null,
    note: null,
    description: null,
    ...more,
  };
}

/** A delivery with this body, from the source `docusign`. */
export function aDelivery(body: string, more: Partial<Delivery> = {}): Delivery {
  const request: IncomingRequest = {
    method: "POST",
    headers: { "content-type": "application/json" },
    query: {},
    body: Buffer.from(body),
  };
  return {
    source: "docusign",
    provider: "docusign",
    request,
    secretIndex: 0,
    bodyProof: "signature",
    claimsEndings: false,
    receivedAt: new Date("2026-05-04T09:00:05.000Z"),
    via: "webhook",
    ...more,
  };
}

/** What a delivery says of one contract. */
export function aReport(
  externalId: string,
  ...facts: ReportedFact[]
): Normalized & { understood: true } {
  return { understood: true, reports: [{ externalId, facts }] };
}
