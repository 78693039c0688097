import { jsonObjectIn } from "../json-text.ts";
import { textIn } from "../lenient.ts";
import { progressOf, type Step, type VendorSide, type Walk } from "../vendor-side.ts";
import { answer, apiKey } from "./vendor-api.ts";
import { payloadOf } from "./vendor-document.ts";

/** Documenso's webhooks and REST API as documenso/documenso has them at 75330166c. No document expires there. */
export const vendorSide: VendorSide = {
  lacks: ["expired"],
  deliveryBodies(walk, steps) {
    const last = steps.at(-1);
    if (last === undefined) return [];
    return eventsOf(last, walk, steps).map((event) =>
      bodyOf(event, payloadOf(walk, steps), last.at),
    );
  },
  repeated(body, at) {
    const read = jsonObjectIn(textIn(body));
    return read === null ? body : Buffer.from(JSON.stringify({ ...read, createdAt: at }));
  },
  testBody: (at) => bodyOf("DOCUMENT_SENT", testPayload(at), at),
  access: (baseUrl) => ({ apiKey, baseUrl }),
  answer,
};

function bodyOf(event: string, payload: object, at: Date): Uint8Array {
  const webhookEndpoint = "https://countersign.example.com/webhooks/documenso";
  return Buffer.from(JSON.stringify({ event, payload, createdAt: at, webhookEndpoint }));
}

/** A recipient's first view alone is told. */
function eventsOf(last: Step, walk: Walk, steps: readonly Step[]): string[] {
  const events: Record<Step["kind"], string[]> = {
    created: ["DOCUMENT_CREATED"],
    sent: ["DOCUMENT_SENT"],
    viewed: isFirstView(last, steps) ? ["DOCUMENT_OPENED"] : [],
    signed: ["DOCUMENT_RECIPIENT_COMPLETED", "DOCUMENT_SIGNED"],
    completed: ["DOCUMENT_COMPLETED"],
    declined: ["DOCUMENT_REJECTED"],
    voided: ["DOCUMENT_CANCELLED"],
    expired: isWaiting(walk, steps) ? ["RECIPIENT_EXPIRED"] : [],
  };
  return events[last.kind];
}

function isFirstView(last: Step, steps: readonly Step[]): boolean {
  const views = steps.filter((one) => one.kind === "viewed");
  return views.filter((one) => one.recipientKey === last.recipientKey).length === 1;
}

function isWaiting(walk: Walk, steps: readonly Step[]): boolean {
  return progressOf(walk, steps).recipients.some((one) => one.signed === undefined);
}

/** The console's button always sends this document. */
function testPayload(at: Date): object {
  const recipient = {
    id: 52,
    email: "test@example.com",
    name: "Test Recipient",
    token: "signing-token-of-the-test",
    role: "SIGNER",
    readStatus: "NOT_OPENED",
    signingStatus: "NOT_SIGNED",
    sendStatus: "SENT",
  };
  return {
    id: 10,
    envelopeId: "env_123",
    title: "test.pdf",
    status: "PENDING",
    createdAt: at,
    updatedAt: at,
    recipients: [recipient],
    Recipient: [recipient],
  };
}
