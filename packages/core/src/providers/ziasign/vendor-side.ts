import { digestOf } from "../../digest.ts";
import { progressOf, type VendorSide } from "../vendor-side.ts";
import { answer, apiKey } from "./vendor-api.ts";
import { document, signer } from "./vendor-document.ts";

/** ZiaSign's published event names around a body of the usual shape; its own is not published. */
export const vendorSide: VendorSide = {
  deliveryBodies(walk, steps) {
    const last = steps.at(-1);
    if (last === undefined) return [];
    const acting = progressOf(walk, steps).recipients.find((one) => one.key === last.recipientKey);
    const body = {
      id: `whd_${digestOf([walk.externalId, steps.length, last.kind])}`,
      event: `document.${last.kind}`,
      timestamp: last.at,
      data: {
        document: document(walk, steps),
        signer: acting && signer(acting),
        reason: last.reason,
      },
    };
    return [Buffer.from(JSON.stringify(body))];
  },
  /** The dashboard's button "sends a sample event"; which one is not said. */
  testBody(at) {
    const sample = { id: "sample-document", name: "Sample document", status: "sent", sentAt: at };
    const body = { event: "document.sent", timestamp: at, data: { document: sample } };
    return Buffer.from(JSON.stringify(body));
  },
  access: (baseUrl) => ({ ...apiKey, baseUrl, signedPath: "below-base" }),
  answer,
};
