import { createPrivateKey } from "node:crypto";
import { jsonObjectIn } from "../json-text.ts";
import { textIn } from "../lenient.ts";
import {
  progressOf,
  type Progress,
  type Step,
  type VendorSide,
  type Walk,
} from "../vendor-side.ts";
import { answer } from "./vendor-api.ts";
import { account, envelope } from "./vendor-envelope.ts";
import { integration, sandboxKey } from "./vendor-key.ts";

/** DocuSign Connect with recipients and custom fields included, as connect.schema-v2.json names them. */
export const vendorSide: VendorSide = {
  deliveryBodies(walk, steps) {
    const last = steps.at(-1);
    if (last === undefined) return [];
    return eventsOf(last, progressOf(walk, steps)).map((fired) =>
      message(walk, steps, last, fired),
    );
  },
  /** A capture with `retryCount` 8 suggests that `generatedDateTime` stays. */
  repeated(body, _at, attempt) {
    const message = jsonObjectIn(textIn(body));
    if (message === null) return body;
    return Buffer.from(JSON.stringify({ ...message, retryCount: attempt }));
  },
  access(baseUrl) {
    const key = createPrivateKey({ key: sandboxKey, format: "jwk" });
    return {
      ...integration,
      ...account,
      privateKey: key.export({ type: "pkcs8", format: "pem" }).toString(),
      authServer: baseUrl,
    };
  },
  answer,
};

type Fired = { event: string; recipientId?: string };

/** Recipient events come before the envelope's, as in captured traffic. */
function eventsOf(step: Step, progress: Progress): Fired[] {
  const acting = (event: string): Fired[] =>
    step.recipientKey === undefined ? [] : [{ event, recipientId: step.recipientKey }];
  const turns = progress.recipients
    .filter((one) => one.sent?.getTime() === step.at.getTime())
    .map((one) => ({ event: "recipient-sent", recipientId: one.key }));
  const opened = progress.recipients.every((one) => one.viewed);
  const fired: Record<Step["kind"], Fired[]> = {
    created: [{ event: "envelope-created" }],
    sent: [...turns, { event: "envelope-sent" }],
    viewed: [
      ...acting("recipient-delivered"),
      ...(opened ? [{ event: "envelope-delivered" }] : []),
    ],
    signed: [...acting("recipient-completed"), ...turns],
    completed: [{ event: "envelope-completed" }],
    declined: [...acting("recipient-declined"), { event: "envelope-declined" }],
    voided: [{ event: "envelope-voided" }],
    expired: [{ event: "envelope-voided" }],
  };
  return fired[step.kind];
}

function message(walk: Walk, steps: readonly Step[], { at }: Step, fired: Fired): Uint8Array {
  const body = {
    event: fired.event,
    apiVersion: "v2.1",
    uri: `/restapi/v2.1/accounts/${account.accountId}/envelopes/${walk.externalId}`,
    retryCount: 0,
    configurationId: 10000001,
    generatedDateTime: at.toISOString().replace("Z", "0000Z"),
    data: {
      ...account,
      envelopeId: walk.externalId,
      recipientId: fired.recipientId,
      envelopeSummary: envelope(walk, steps),
    },
  };
  return Buffer.from(JSON.stringify(body));
}
